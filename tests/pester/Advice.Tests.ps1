#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# What the module tells somebody who made a mistake at the prompt: it has to be something that can be done there.

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    # Nobody listens there, and nobody is asked who that is.
    $nowhere = '127.0.0.1:1'

    # What an error says that is not so: a command that there is not, or a parameter that the command does not have. A
    # parameter belongs to the command that is named before it in the same sentence, else to the one that failed.
    function Get-Mistake([System.Management.Automation.ErrorRecord] $Record) {
        $type = ($Record.FullyQualifiedErrorId -split ',')[-1]
        $failed = Get-Command -Module XenMigrate | Where-Object { $_.ImplementingType.FullName -eq $type }
        $texts = @("$Record", $Record.ErrorDetails.RecommendedAction).Where{ $_ }
        foreach ($sentence in $texts.ForEach{ $_ -split '(?<=[.;]) ' }) {
            $command = $failed
            foreach ($word in [regex]::Matches($sentence, '(?<![\w-])(-[A-Z][A-Za-z]+|[A-Z][a-z]+-[A-Z][A-Za-z]+)\b')) {
                if ($word.Value[0] -ne '-') {
                    $command = Get-Command $word.Value -ErrorAction Ignore
                    if (-not $command) {
                        "$failed names $($word.Value), which there is not: $sentence"
                        break
                    }
                }
                elseif (-not $command.Parameters.ContainsKey($word.Value.Substring(1))) {
                    "$failed names $($word.Value), which $command does not have: $sentence"
                }
            }
        }
    }

    # The errors of a line, each of which has to say what can be done.
    function Test-Line([string] $Line) {
        $written = Get-Written ([scriptblock]::Create($Line))
        $written.Error | Should -Not -BeNullOrEmpty -Because 'it is a mistake'
        foreach ($record in $written.Error) {
            $record.FullyQualifiedErrorId | Should -Match ',XenMigrate\.\w+Command$' -Because 'it should come so far as the module'
            @(Get-Mistake $record) -join "`n" | Should -BeNullOrEmpty
            if ($record.Exception -is [XenMigrate.XenMigrateException]) {
                $record.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            }
        }
    }
}

Describe 'Advice' {
    It 'is about the command that failed, or names one' {
        $record = [System.Management.Automation.ErrorRecord]::new('x', 'Some,XenMigrate.GetGuestCommand', 'NotSpecified', $null)
        $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new('Look at it.')
        $record.ErrorDetails.RecommendedAction = 'Give -Name, or -Live. Or Move-Guest with -Live; Fix-Guest'
        Get-Mistake $record | Should -HaveCount 2
    }

    Context 'where no host is connected' {
        BeforeAll {
            Get-MigrationHost | Disconnect-MigrationHost
        }

        It 'fits <_>' -ForEach @(
            'Get-Guest'
            'Get-Guest -ComputerName $nowhere'
            'Connect-MigrationHost $nowhere'
            'Disconnect-MigrationHost web'
            'Move-Guest web $nowhere -Live'
            'Move-Guest web et-* -Live'
            'Stop-Guest web -Force'
            'Suspend-Guest web'
            'Resume-Guest web'
            'Start-Guest /x $nowhere'
            'Save-Guest web /x'
            'Restore-Guest /x'
            'New-MigrationPlan web $nowhere'
            'Get-RelocationConfiguration $nowhere'
            'Set-RelocationConfiguration $nowhere -Port 8002'
            'Set-RelocationConfiguration $nowhere'
            'Enable-Relocation $nowhere 10.0.0.8'
            'Disable-Relocation $nowhere'
            'Test-RelocationAccess 10.0.0.8 $nowhere'
            'Get-MigrationHelper $nowhere'
            'Install-MigrationHelper $nowhere'
            'Uninstall-MigrationHelper $nowhere'
            'Measure-GuestDowntime { } web'
            'Measure-GuestDowntime { } -Address 127.0.0.1 -Port 1'
            'Get-GuestMigration -ComputerName $nowhere'
            'Suspend-MigrationHost $nowhere -Drain -Destination et-virt07'
            'Resume-MigrationHost et-virt08 -Failback'
            'Set-EmbeddedHost et-virt08 -Reset'
        ) {
            Test-Line $_
        }
    }

    Context 'on the embedded hosts' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        BeforeAll {
            Reset-EmbeddedPair
            $guest = Get-Guest testvm1
            $report = Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 -AsReport
            $plan = New-MigrationPlan testvm1 et-virt07
            $plan.Move[0].Destination = 'nowhere'
        }

        AfterAll {
            Get-MigrationHost | Set-EmbeddedHost -Reset
        }

        It 'says what was given and what is allowed: <Line>' -ForEach @(
            @{ Line = 'Move-Guest testvm1 et-virt07 -Live -ClockTolerance -1'; Said = '-ClockTolerance is -1 s. It has to be 0 s or more.' }
            @{ Line = 'Test-MigrationEnvironment et-virt08 et-virt07 -ClockTolerance -1'; Said = '-ClockTolerance is -1 s. It has to be 0 s or more.' }
            @{ Line = 'Move-Guest testvm1 et-virt07 -Live -Timeout 0'; Said = '-Timeout is 0 s. It has to be more than 0 s.*' }
            @{ Line = 'Move-Guest testvm1 et-virt07 -Live -MaximumDowntime 0'; Said = '-MaximumDowntime is 0 s. It has to be more than 0 s.*' }
            @{ Line = 'Measure-GuestDowntime { } -Address 127.0.0.1 -Interval 0'; Said = '-Interval is 0 s. It has to be 0.01 s or more.' }
        ) {
            "$((Get-Written ([scriptblock]::Create($Line))).Error)" | Should -BeLike $Said
        }

        It 'fits <_>' -ForEach @(
            'Get-Guest nobody'
            'Connect-MigrationHost et-virt08'
            'Disconnect-MigrationHost nobody'
            'Move-Guest nobody et-virt07 -Live'
            'Move-Guest testvm1 et-virt* -Live -MigrationAddress 10.0.0.7'
            'Move-Guest testvm1 -ComputerName et-virt08 et-virt08 -Live'
            'Move-Guest testvm1 et-virt07 -Live -SkipCheck nothing'
            'Move-Guest testvm1 et-virt07 -Live -ClockTolerance -1'
            'Move-Guest testvm1 et-virt07 -Live -Timeout 0'
            'Move-Guest testvm1 et-virt07 -Live -MaximumDowntime 0'
            'Move-Guest testvm1 et-virt07 -MaximumDowntime 1'
            'Move-Guest testvm1 et-virt07 -Transport Ssh'
            'Move-Guest testvm1 et-virt07 -Live -Transport Ssh'
            'Move-Guest testvm1 et-virt07 -Live -EnforceDowntime -OfflineFallback Always'
            'Move-Guest testvm1 et-virt07 -Live -LogPath env:nothing'
            'Move-Guest testvm1 et-virt07, et-virt08 -Live -AntiAffinity Colour'
            'Move-Guest testvm1 et-virt07 -Live -LogPath /proc/nothing'
            'Move-Guest Domain-0 et-virt07 -ComputerName et-virt08 -Live'
            '$guest | Move-Guest -Live'
            'Move-Guest -Plan $plan'
            'Set-EmbeddedHost et-virt07 -BlockPort 8002; $report | Move-Guest -Live -SkipCheck nothing'
            'Set-EmbeddedHost et-virt07 -Relocation Off; Move-Guest testvm1 et-virt07 -Live'
            'Stop-Guest nobody -Force'
            'Stop-Guest Domain-0 -ComputerName et-virt08 -Force'
            'Suspend-Guest nobody'
            'Start-Guest /etc/xen/nothing et-virt08'
            'Save-Guest testvm1 nothing'
            'Save-Guest testvm1 /x -KeepRunning -KeepPaused'
            'Restore-Guest /nothing et-virt08'
            'Restore-Guest /nothing'
            'New-MigrationPlan nobody et-virt07'
            'New-MigrationPlan testvm1 et-virt07 -SkipCheck nothing'
            'Test-MigrationEnvironment et-virt08 et-virt07 -ClockTolerance -1'
            'Test-MigrationEnvironment et-virt08 et-virt07 -Check nothing'
            'Test-MigrationEnvironment et-virt08 et-virt07 -Name nobody'
            'Test-MigrationEnvironment et-virt08 et-virt07, $nowhere -MigrationAddress 10.0.0.7'
            'Set-RelocationConfiguration et-virt08'
            'Set-RelocationConfiguration et-virt07 -HostsAllow "a b c" -Exact'
            'Enable-Relocation et-virt07 .* -Confirm:$false'
            'Measure-GuestDowntime { } nobody'
            'Measure-GuestDowntime { } -Address 127.0.0.1 -Interval 0'
            'Get-GuestMigration -ComputerName nobody*, $nowhere'
            'Get-GuestMigration -LogPath env:nothing'
            'Undo-GuestMigration $guest'
            'Suspend-MigrationHost et-virt08 -Drain -Destination et-virt08 -AllowOffline nobody -Force'
            'Suspend-MigrationHost et-virt08 -Drain -Destination et-virt08 -WarningAction SilentlyContinue'
            'Suspend-MigrationHost et-virt08 -Drain -Destination et-virt07, et-virt0 -MigrationAddress 10.0.0.7'
            'Resume-MigrationHost et-virt08 -Failback'
            'Set-EmbeddedHost et-virt08'
            'Set-EmbeddedHost et-virt08 -ExportOption rw'
            'Set-EmbeddedHost nobody -Reset'
            'Export-MigrationReport $env:XENMIGRATE_TEST_HOME/report.txt -Report $report'
            'Export-MigrationReport $env:XENMIGRATE_TEST_HOME/nothing/report.xml -Report $report'
            'Install-MigrationHelper et-virt08'
        ) {
            Test-Line $_
        }
    }
}
