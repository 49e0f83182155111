#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# Move-Guest -AsJob between the embedded hosts.

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    # As at a prompt: with Stop, which the suites set, a job would have failed at its first error.
    function Start-Move {
        $ErrorActionPreference = 'Continue'
        Get-Guest | Move-Guest -Destination et-virt07 -Live -AsJob @log @args
    }

    function Wait-Copying($Job) {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        while ($Job.ChildJobs[0].Progress.CurrentOperation -notcontains 'CopyingMemory' -and $watch.Elapsed.TotalSeconds -lt 60) {
            [System.Threading.Thread]::Sleep(5)
        }
    }
}

Describe 'A job' {
    BeforeEach {
        Reset-EmbeddedPair
        $log = @{ LogPath = Join-Path $TestDrive (Get-Random) }
    }

    AfterEach {
        Get-Job | Remove-Job -Force
    }

    It 'moves guests, and is received like any other' {
        $job = Start-Move -OfflineFallback Always -Verbose
        $listed = Get-Job
        "$($listed.Location) $($listed.PSJobTypeName)" | Should -Be 'et-virt07 XenMigrate'
        $listed.Command | Should -BeLike '*Get-Guest | Move-Guest*'
        (Wait-Job $job -Timeout 60).State | Should -Be Completed
        $job.HasMoreData | Should -BeTrue
        $job.ChildJobs[0].Progress.Count | Should -BeGreaterThan 2
        $job.ChildJobs[0].Verbose.Message -match '(?s)^et-virt08: .+xm migrate --live' | Should -Not -BeNullOrEmpty

        Receive-Job $job | ForEach-Object { "$($_.Name) $($_.Outcome)" } | Sort-Object | Should -Be 'testvm1 Succeeded', 'testvm2 Succeeded'
        Receive-Job $job | Should -BeNullOrEmpty
        Remove-Job $job
        Get-Job | Should -BeNullOrEmpty
        Get-Guest -ComputerName et-virt07 | Should -HaveCount 2
    }

    It 'moves guests to several destinations, <_>' -ForEach 'by a plan', 'at once' {
        # One guest on each host: each goes to the other.
        $null = Move-Guest testvm2 -Destination et-virt07 -Live -OfflineFallback Always @log
        $either = @{ Destination = 'et-virt07', 'et-virt08'; Live = $true; Sort = 'Name' }
        $how = @{ AsJob = $true; OfflineFallback = 'Always'; ThrottleLimit = 1 } + $log
        $job = if ($_ -eq 'at once') { Get-Guest | Move-Guest @either @how } else { Get-Guest | New-MigrationPlan @either | Move-Guest @how }

        $null = Wait-Job $job -Timeout 60
        "$($job.Location) $($job.State)" | Should -Be 'et-virt07, et-virt08 Completed'
        Receive-Job $job | ForEach-Object { "$($_.Name) $($_.Destination) $($_.Outcome)" } |
            Should -Be 'testvm1 et-virt07 Succeeded', 'testvm2 et-virt08 Succeeded'
    }

    It 'does not begin with -WhatIf' {
        Start-Move -WhatIf | Should -BeNullOrEmpty
        Get-Job | Should -BeNullOrEmpty
        Get-Guest -ComputerName et-virt08 | Should -HaveCount 2
    }

    It 'completes though a guest fails, which is an error of it' {
        Set-EmbeddedHost et-virt07 -FreeMemoryMB ((Get-Guest testvm1).MemoryMB + 8)
        $job = Start-Move -OfflineFallback Always
        $null = Wait-Job $job -Timeout 60
        $job.State | Should -Be Completed
        $job.ChildJobs[0].Error.FullyQualifiedErrorId | Should -Be 'PreflightFailed,XenMigrate.MoveGuestCommand'
        $job.ChildJobs[0].Output.Outcome | Sort-Object { "$_" } | Should -Be 'Refused', 'Succeeded'
    }

    It 'begins nothing after the first failure with -ErrorAction Stop, and has failed' {
        Set-EmbeddedHost et-virt07 -BridgeName xenbr9
        $job = Start-Move -ThrottleLimit 1 -ErrorAction Stop
        $null = Wait-Job $job -Timeout 60
        $child = $job.ChildJobs[0]
        "$($job.State) $($child.Output.Count) $($child.Error.Count)" | Should -Be 'Failed 1 1'
        $job.ChildJobs[0].Warning.Message | Should -Contain 'testvm2 was not moved; it is on et-virt08.'
    }

    It 'that is stopped gives its moves up, and says where each guest is' {
        Set-EmbeddedHost et-virt07 -LinkBandwidth 4MB
        $job = Start-Move -ThrottleLimit 1
        Wait-Copying $job
        Stop-Job $job
        $child = $job.ChildJobs[0]
        "$($job.State) $($child.Output.Outcome) $($child.Output.ComputerName)" | Should -Be 'Stopped Aborted et-virt08'
        $job.ChildJobs[0].Warning.Message | Should -Be 'testvm2 was not moved; it is on et-virt08.'
        Get-Place | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'
        Get-GuestMigration @log -State Finished | Should -Not -BeNullOrEmpty
    }

    It 'that is removed by force has ended by then' {
        Set-EmbeddedHost et-virt07 -LinkBandwidth 4MB
        $job = Start-Move
        Wait-Copying $job
        Remove-Job $job -Force
        Get-Job | Should -BeNullOrEmpty
        $job.State | Should -Be Stopped
        Get-Guest -ComputerName et-virt08 | Should -HaveCount 2
    }

    It 'does not outlive <_>' -ForEach 'its runspace', 'the module' {
        $own = [runspacefactory]::CreateRunspace()
        $own.Open()
        $shell = [powershell]::Create($own)
        $job = $shell.AddScript({
            param($manifest, $log)
            Import-Module $manifest
            $null = Connect-MigrationHost -Embedded
            Set-EmbeddedHost et-virt07 -LinkBandwidth 4MB
            Get-Guest | Move-Guest -Destination et-virt07 -Live -AsJob -LogPath $log
        }).AddParameters(@{ manifest = $manifest; log = $log.LogPath }).Invoke()[0]
        Wait-Copying $job

        if ($_ -eq 'the module') {
            $shell.Commands.Clear()
            $null = $shell.AddScript('Remove-Module XenMigrate').Invoke()
        }

        $own.Dispose()
        $job.State | Should -Be Stopped
        $journals = Get-ChildItem $log.LogPath
        $journals | Should -Not -BeNullOrEmpty
        # One of the two may have been stopped before it began.
        $ends = $journals | ForEach-Object { Get-Content $_ -Tail 1 }
        $ends | ForEach-Object { $_ | Should -Match '"kind":"ended".*("aborted"|canceled)' }
        $ends -match '"aborted"' | Should -Not -BeNullOrEmpty
    }

    It 'completes at once if there are no guests' {
        $job = Get-Guest nobody* | Move-Guest -Destination et-virt07 -AsJob
        (Wait-Job $job -Timeout 60).State | Should -Be Completed
        $job.ChildJobs[0].Output | Should -BeNullOrEmpty
    }
}

Describe 'The job of Move-Guest -AsJob' {
    BeforeAll {
        $begin = "`$null = Connect-MigrationHost -Embedded; `$job = Move-Guest testvm2 -Destination et-virt07 -Live -AsJob -Force; "

        # Each idiom in a runspace of its own: one that never returns must not take the suite along.
        function Invoke-Idiom([string] $Script) {
            $shell = [powershell]::Create().AddScript("Import-Module '$manifest'; $begin $Script")
            $run = $shell.BeginInvoke()
            if (-not $run.AsyncWaitHandle.WaitOne(60000)) {
                throw 'It did not end within a minute.'
            }

            "$($shell.EndInvoke($run))"
            $shell.Dispose()
        }
    }

    It 'ends with <_>' -ForEach @(
        '"$(($job | Receive-Job -Wait -AutoRemoveJob).Outcome) $(@(Get-Job).Count)"'
        '$null = Wait-Job $job -Any; "$((Receive-Job $job).Outcome) $(Remove-Job $job; @(Get-Job).Count)"'
        '$null = Wait-Job $job; Remove-Job $job -Force; "Succeeded $(@(Get-Job).Count)"'
    ) {
        Invoke-Idiom $_ | Should -Be 'Succeeded 0'
    }

    It 'ends with Stop-Job and Remove-Job -Force' {
        Invoke-Idiom 'Stop-Job $job; $state = $job.State; Remove-Job $job -Force; "$state $(@(Get-Job).Count)"' |
            Should -BeIn 'Stopped 0', 'Completed 0'
    }

    It 'is removed by -Force while it runs' {
        Invoke-Idiom 'Remove-Job $job -Force; "gone $(@(Get-Job).Count)"' | Should -Be 'gone 0'
    }

    It 'ends with its PowerShell' {
        Invoke-NewProcess "$begin 'left'" | Should -Be left
    }

    It 'has its streams in one child job' {
        Invoke-Idiom '$null = Wait-Job $job; "$($job.ChildJobs.Count) $($job.ChildJobs[0].Output.Count)"' | Should -Be '1 1'
    }
}
