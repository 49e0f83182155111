#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# Streams and pipelines as other modules' users know them, on the two hosts that live in the PowerShell process.

BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'On the embedded hosts' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
    BeforeAll {
        Reset-EmbeddedPair
        $hosts = Get-MigrationHost et-virt*
    }

    AfterAll {
        Get-MigrationHost | Disconnect-MigrationHost
    }

    Context 'Measure-GuestDowntime' {
        It 'leaves errors of its block to the caller' {
            # Measure-Command's own redirection does not see them either: they are of whoever calls it.
            $shown = & {
                $ErrorActionPreference = 'Continue'
                Measure-GuestDowntime { Write-Error boo; Get-Guest nope; 1 } testvm2
            } 2>&1
            @($shown | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Count | Should -Be 2
        }

        It 'leaves warnings, verbose words and variables of its block to the caller' {
            $measured = 1
            $shown = Measure-GuestDowntime { Write-Warning careful; Write-Verbose more -Verbose; $measured = 2 } testvm2 3>&1 4>&1
            "$($shown | ForEach-Object { "$_" })" | Should -Match 'careful more'
            $measured | Should -Be 2
        }

        It 'ends where its block throws' {
            { Measure-GuestDowntime { throw 'boo' } testvm2 } | Should -Throw boo
        }

        It 'lets its block leave the loop around it' {
            $rounds = 0
            foreach ($i in 1..3) {
                $rounds++
                Measure-GuestDowntime { break } testvm2
            }

            $rounds | Should -Be 1
        }

        It 'gives what its block returned with -PassThru, and nothing of it without' {
            $output = Measure-GuestDowntime { 1; 2 } testvm2 -PassThru
            $output[0, 1] | Should -Be 1, 2
            @(Measure-GuestDowntime { 1; 2 } testvm2).Count | Should -Be 1
        }
    }

    Context 'A guest' {
        It 'is itself whenever it is listed, and not another' {
            (Get-Guest testvm1) -eq (Get-Guest testvm1) | Should -BeTrue
            (Get-Guest testvm1) -eq (Get-Guest testvm2) | Should -BeFalse
        }

        It 'takes its session to a parallel block' {
            $results = Get-Guest testvm2 | ForEach-Object -Parallel {
                Import-Module $using:manifest
                $_ | Move-Guest -Destination ($using:hosts | Where-Object ComputerName -ne $_.ComputerName) -Live
            }
            $results.Outcome | Should -Be Succeeded
        }

        It 'takes its session to <_> in a parallel block' -ForEach @(
            '($_ | New-MigrationPlan -Destination $other -Live).Move.Name'
            '(Measure-GuestDowntime -Guest $_ { 1 }).Name'
            '($_ | Save-Guest -RemotePath "/var/lib/xen/save/{Name}.parallel" -PassThru | Restore-Guest -PassThru).Name'
            '(Get-Guest $_.Name -ComputerName $host_).Name'
            '($host_ | Get-Guest).Where({ $_ -eq $guest }).Name'
            '($_ | Suspend-Guest -PassThru | Resume-Guest -PassThru).Name'
        ) {
            $does = $_
            Get-Guest testvm2 | ForEach-Object -Parallel {
                Import-Module $using:manifest
                $guest = $_
                $host_ = $using:hosts | Where-Object ComputerName -eq $_.ComputerName
                $other = $using:hosts | Where-Object ComputerName -ne $_.ComputerName
                $_ | ForEach-Object ([scriptblock]::Create($using:does))
            } | Should -Be testvm2
        }

        It 'is itself where names are taken, piped or not, and is not searched for: <_>' -ForEach @(
            '$gone | Stop-Guest -WhatIf', 'Stop-Guest $gone -WhatIf', 'Stop-Guest @($gone, $gone) -WhatIf', 'Stop-Guest -Name $gone -WhatIf'
        ) {
            $gone = Get-Guest testvm1
            & ([scriptblock]::Create("$_ -Verbose")) 4>&1 | Should -BeNullOrEmpty
        }

        It 'takes its session to a thread job' {
            $job = Get-Guest testvm1 | ForEach-Object { $guest = $_; Start-ThreadJob { Import-Module $using:manifest; $using:guest | Suspend-Guest -PassThru | Resume-Guest -PassThru } }
            ($job | Receive-Job -Wait -AutoRemoveJob).Name | Should -Be testvm1
        }
    }

    Context '-PassThru' {
        It 'returns guests and nothing else, which the next command takes' {
            $away = (Get-Guest testvm2).ComputerName
            $destination = $hosts.ComputerName | Where-Object { $_ -ne $away }
            $moved = Move-Guest testvm2 -Destination $destination -Live -PassThru
            $moved | Should -BeOfType XenMigrate.Guest
            @($moved).Count | Should -Be 1
            $back = $moved | Undo-GuestMigration -Force
            @($back).Count | Should -Be 1
            $back.Outcome | Should -Be Succeeded
            (Get-Guest testvm2).ComputerName | Should -Be $away
        }

        It 'says of a guest that was not moved that there is nothing to undo' {
            Get-Guest testvm2 | Undo-GuestMigration -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed.FullyQualifiedErrorId | Should -BeLike 'NothingToUndo,*'
        }
    }

    It 'says of a move that no journal knows that there is none' {
        (Get-Written { Get-GuestMigration nope }).ErrorId | Should -Be GuestNotFound
        (Get-Written { Get-GuestMigration nope* }).ErrorId | Should -BeNullOrEmpty
    }

    It 'shows a guarded act as what it does, and not as the script around it' {
        $said = Suspend-Guest testvm1 -Confirm:$false -Verbose 4>&1 | Out-String
        Resume-Guest testvm1
        $said | Should -Match 'x[lm] pause \d+ \(guarded\)'
        $said | Should -Not -Match 'boot_id'
    }

    It 'names the embedded session that has a name' {
        Connect-MigrationHost et-virt08 -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.FullyQualifiedErrorId | Should -BeLike 'HostNameTaken,*'
        "$failed" | Should -Match 'embedded'
    }

    It 'says when a refused move was looked at, and what the destination has' {
        Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt08 -Live -ErrorAction SilentlyContinue -ErrorVariable failed | Out-Null
        $report = $failed[-1].Exception.Report
        ([DateTimeOffset]::Now - $report.GeneratedAt).TotalMinutes | Should -BeLessThan 5
        $report.FreeMemoryMB | Should -Not -BeNullOrEmpty
        "$report" | Should -Be 'testvm1: et-virt08 to et-virt08, Failed'
    }

    It 'takes wildcards for connected hosts: <_>' -ForEach @(
        '(Get-Guest -ComputerName et-* | Select-Object -First 1).Count', '@(Get-RelocationConfiguration et-*)[0].Count'
    ) {
        Invoke-Expression $_ | Should -Be 1
    }

    It 'checks hosts that patterns fit: <_>' -ForEach 'et-*8 et-virt07', 'et-virt08 et-*7', 'et-virt08 et-*' {
        $source, $destination = -split $_
        Test-MigrationEnvironment $source $destination -AsReport | ForEach-Object { "$($_.Source) $($_.Destination)" } |
            Should -Be 'et-virt08 et-virt07'
    }

    It 'wants one host where a pattern fits several: <_>' -ForEach @(
        'Test-MigrationEnvironment et-* et-virt07'
        'Repair-GuestMigration -Name test* -ComputerName et-* -Destination et-virt07'
        'Connect-MigrationHost et-*'
    ) {
        (Get-Written { Invoke-Expression $_ }).ErrorId | Should -Be HostNotConnected
    }

    It 'knows of which parameters hosts may be patterns' {
        (Get-Help Move-Guest -Parameter Destination).globbing | Should -Be true
        (Get-Help Connect-MigrationHost -Parameter ComputerName).globbing | Should -Be false
    }

    Context 'An offline move where nobody can be asked' {
        BeforeAll {
            Reset-EmbeddedPair
            $offline = @{ ComputerName = 'et-virt08'; Destination = 'et-virt07' }

            function Get-Refusal([scriptblock] $Block) {
                (Get-Written $Block).Error | ForEach-Object { "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category) $($_.TargetObject)" }
            }
        }

        AfterEach {
            Get-Guest | ForEach-Object { "$($_.Name)@$($_.ComputerName) $($_.State -in 'Running', 'Blocked')" } |
                Should -Be 'testvm1@et-virt08 True', 'testvm2@et-virt08 True'
        }

        It 'is refused of a running guest, before anything is touched: <_>' -ForEach @(
            'Move-Guest testvm1 @offline'
            'New-MigrationPlan testvm1 et-virt07 | Move-Guest'
            'Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 -AsReport | Move-Guest'
            'Move-Guest testvm1 @offline -AsJob | Receive-Job -Wait -AutoRemoveJob'
        ) {
            Get-Refusal ([scriptblock]::Create($_)) | Should -BeLike 'OfflineMoveNotAgreed,XenMigrate.MoveGuestCommand InvalidOperation testvm1*'
        }

        It 'advises -Live and -Force' {
            $advice = (Get-Written { Move-Guest testvm1 @offline }).Error.ErrorDetails.RecommendedAction
            $advice | Should -Match '-Live'
            $advice | Should -Match '-Force'
        }

        It 'is only shown by -WhatIf' {
            $said = Get-Said { Move-Guest testvm1 @offline -WhatIf }
            $said | Should -Match 'Move offline to et-virt07.*stands still'
        }

        It 'is not refused for being offline of a guest that is paused already' {
            $null = Suspend-Guest testvm1 -Confirm:$false
            try {
                Get-Refusal { Move-Guest testvm1 @offline } | Should -BeLike 'PreflightFailed,*'
            }
            finally {
                Resume-Guest testvm1
            }
        }

        It 'is made with -Force, and undone with it' {
            $moved = Move-Guest testvm1 @offline -Force
            "$($moved.Outcome) $($moved.Mode)" | Should -Be 'Succeeded Offline'
            Get-Refusal { $moved | Undo-GuestMigration } | Should -BeLike 'OfflineMoveNotAgreed,*'
            ($moved | Undo-GuestMigration -Force).Outcome | Should -Be Succeeded
        }
    }

    It 'are told what to give to <_>, and asked for no array' -ForEach 'Move-Guest', 'Move-Guest -Destination et-virt07', 'Move-Guest testvm1', 'Get-Guest testvm1 | Move-Guest' {
        { & ([scriptblock]::Create($_)) } | Should -Throw 'No * -Destination HOST*'
    }

    It 'need not be any in a pipeline' {
        Get-Guest no-such-* | Move-Guest -Destination et-virt07 | Should -BeNullOrEmpty
    }

    Context '-Force and -TurnOff' {
        BeforeAll {
            # A session in which nobody can be asked: a question is an error there.
            function Invoke-Silently([string] $Script) {
                $shell = [powershell]::Create()
                try {
                    $null = $shell.AddScript("Import-Module '$manifest'; `$null = Connect-MigrationHost -Embedded; $Script")
                    $shell.Invoke()
                    $shell.Streams.Error | ForEach-Object { "error: $_" }
                }
                finally {
                    $shell.Runspace.Dispose()
                    $shell.Dispose()
                }
            }
        }

        It 'turns a guest off and asks nothing' {
            Invoke-Silently 'Stop-Guest testvm1 -TurnOff -Force; @(Get-Guest testvm1 -ErrorAction Ignore).Count' | Should -Be 0
        }

        It 'shuts a guest down with -Force alone, and does not turn it off' {
            $said = Invoke-Silently 'Stop-Guest testvm1 -Force -WhatIf; (Get-Guest testvm1).Name'
            $said | Should -Be 'testvm1'
        }

        It 'asks without -Force, and says what to give where nobody can be asked: <_>' -ForEach @(
            'Stop-Guest testvm1', 'Suspend-MigrationHost et-virt08 et-virt07', 'Disable-Relocation et-virt08'
        ) {
            "$(Invoke-Silently $_)" | Should -Match ('^error: {0} asks before .* nobody to ask' -f ($_ -split ' ')[0])
        }
    }
}
