#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# What Tab completes, on the two hosts that live in the PowerShell process.

BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"

    # What nobody can list: figures, times, addresses to listen on, names of people, rules and blocks of script, and what
    # an embedded host is told. Files of this machine are completed by PowerShell itself.
    $free = @(
        'Address', 'AntiAffinity', 'Bandwidth', 'BlockPort', 'BridgeMtu', 'BridgeName', 'ClockOffset', 'ClockTolerance'
        'ConnectTimeout', 'Credential', 'ExportOption', 'ForwardDelay', 'FreeMemoryMB', 'HostLimit', 'Interval'
        'LinkBandwidth', 'MaximumDowntime', 'Port', 'RejectPort', 'ScriptBlock', 'SslPort', 'ThrottleLimit', 'Timeout'
        'Uptime', 'UserName', 'XenVersion'
    )
    $localFiles = 'KeyFilePath', 'LogPath', 'Path', 'ConfigurationPath'

    $own = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
    $parameters = foreach ($command in Get-Command -Module XenMigrate) {
        foreach ($parameter in $command.Parameters.Values | Where-Object { $own -notcontains $_.Name -and -not $_.SwitchParameter }) {
            $type = $parameter.ParameterType
            $type = if ($type.IsArray) { $type.GetElementType() } else { [Nullable]::GetUnderlyingType($type) ?? $type }
            @{
                Command   = $command.Name
                Name      = $parameter.Name
                Listed    = $type.IsEnum -or $type -eq [bool]
                Parameter = $parameter
                Free      = $free
                Files     = $localFiles
            }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    function Get-Completion([string] $Line) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText
    }
}

Describe 'Tab after <Command> -<Name>' -ForEach $parameters {
    It 'has something to complete by' {
        $by = $Parameter.Attributes | Where-Object {
            $_ -is [System.Management.Automation.ArgumentCompleterAttribute] -or $_ -is [ValidateSet]
        }
        [bool]($by -or $Listed -or $Name -in $Free -or $Name -in $Files) | Should -BeTrue
    }
}

Describe 'Tab on the embedded hosts' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
    BeforeAll {
        Reset-EmbeddedPair
    }

    AfterAll {
        Get-MigrationHost et-virt* | Disconnect-MigrationHost
    }

    It 'lists guests where nothing is typed: <_>' -ForEach @(
        'Get-Guest ', 'Move-Guest ', 'Move-Guest t', 'Move-Guest -ComputerName et-virt08 ', 'Move-Guest -Cn et-virt08 t', 'Save-Guest ', 'Stop-Guest ', 'Suspend-Guest ', 'Resume-Guest ', 'New-MigrationPlan '
        'Move-Guest -ComputerName et-virt08 -Name ', 'Repair-GuestMigration -Name ', 'Get-GuestMigration -Name '
        'Measure-GuestDowntime $block ', 'Measure-GuestDowntime { 1 } t', 'Test-MigrationEnvironment et-virt08 et-virt07 -Name '
        'Suspend-MigrationHost et-virt08 -AllowOffline '
    ) {
        Get-Completion $_ | Select-Object -First 2 | Should -Be 'testvm1', 'testvm2'
    }

    # PSReadLine stumbles over an entry without text.
    It 'has no entry without text after <_>' -ForEach @(
        Get-Command -Module XenMigrate -CommandType Cmdlet | ForEach-Object Name
    ) {
        $line = $_
        $words = 'zzz', '*', "'zzz", '"', 't', '', '$'
        $lines = foreach ($word in $words) {
            "$line $word"
            "$line testvm1 $word"
        }

        $lines += foreach ($name in (Get-Command $line).Parameters.Values | Where-Object { -not $_.SwitchParameter } | ForEach-Object Name) {
            foreach ($word in 'zzz', '*') {
                "$line -$name $word"
            }
        }

        $empty = foreach ($typed in $lines) {
            foreach ($match in (TabExpansion2 $typed $typed.Length).CompletionMatches) {
                try { $null = $match.CompletionText } catch { $typed }
            }
        }

        $empty | Should -BeNullOrEmpty
    }

    It 'lists hosts: <_>' -ForEach @(
        'Get-Guest -ComputerName ', 'Move-Guest testvm1 ', 'Move-Guest testvm1 -MigrationAddress ', 'Disconnect-MigrationHost '
        'Test-RelocationAccess ', 'Enable-Relocation et-virt07 -HostsAllow ', 'Resume-MigrationHost ', 'Set-EmbeddedHost '
    ) {
        Get-Completion $_ | Select-Object -First 2 | Should -Be 'et-virt07', 'et-virt08'
    }

    It 'lists ids and uuids of guests' {
        Get-Completion 'Get-Guest -Id ' | Should -Be '1', '2'
        Get-Completion 'Get-Guest -Uuid ' | Should -Contain "$((Get-Guest testvm1).Uuid)"
    }

    It 'lists checks: <_>' -ForEach 'Move-Guest testvm1 -SkipCheck XM-NET-0', 'Test-MigrationEnvironment a b -Check XM-NET-0' {
        Get-Completion $_ | Select-Object -First 1 | Should -Be 'XM-NET-01'
    }

    It 'lists categories of checks' {
        Get-Completion 'Test-MigrationEnvironment a b -Category Net' | Should -Be 'Network'
    }

    It 'lists files on hosts, of the host that is named' {
        Get-Completion 'Start-Guest ' | Should -Contain '/etc/xen/testvm1'
        Save-Guest testvm1 /var/lib/xen/save/kept.save -KeepRunning
        Get-Completion 'Restore-Guest ' | Should -Be '/var/lib/xen/save/kept.save'
        Get-Completion 'Restore-Guest /var/lib/xen/s' | Should -Contain '/var/lib/xen/save/'
        Get-Completion 'Restore-Guest -ComputerName et-virt07 -RemotePath /var/lib/xen/save/' | Should -Not -Contain '/var/lib/xen/save/kept.save'
    }

    It 'lists variables with what a parameter takes' {
        $global:TheMigrationPlan = Get-Guest testvm1 | New-MigrationPlan -Destination et-virt07 -Live
        $global:TheGuests = Get-Guest
        try {
            Get-Completion 'Move-Guest -Plan ' | Should -Contain '$TheMigrationPlan'
            Get-Completion 'Move-Guest -Plan ' | Should -Not -Contain '$TheGuests'
            Get-Completion 'Stop-Guest -Guest ' | Should -Contain '$TheGuests'
            Get-Completion 'Undo-GuestMigration $TheG' | Should -Be '$TheGuests'
        }
        finally {
            Remove-Variable TheMigrationPlan, TheGuests -Scope Global
        }
    }

    It 'takes no more than a moment if no host has an answer' {
        $took = Measure-Command { Get-Completion 'Restore-Guest -ComputerName nobody -RemotePath ' }
        $took.TotalSeconds | Should -BeLessThan 1.5
    }

    It 'changes nothing about what is piped: guests and names are moved' {
        (Get-Guest testvm1 | Move-Guest -Destination et-virt07 -Live -WhatIf) | Should -BeNullOrEmpty
        (Get-Guest testvm1 | Move-Guest -Destination et-virt07 -Live).Outcome | Should -Be Succeeded
        ('testvm1' | Move-Guest -ComputerName et-virt07 -Destination et-virt08 -Live).Outcome | Should -Be Succeeded
        Get-Guest testvm1 | Suspend-Guest -PassThru | Resume-Guest -PassThru | ForEach-Object Name | Should -Be testvm1
    }
}
