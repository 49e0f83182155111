#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# The module as a whole. Needs no host.

BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"

    $own = 'Verbose', 'Debug', 'ErrorAction', 'WarningAction', 'InformationAction', 'ProgressAction', 'ErrorVariable',
        'WarningVariable', 'InformationVariable', 'OutVariable', 'OutBuffer', 'PipelineVariable'

    $commands = foreach ($command in Get-Command -Module XenMigrate) {
        @{ Command = $command; Name = $command.Name }
    }

    $parameters = foreach ($command in Get-Command -Module XenMigrate) {
        foreach ($parameter in $command.Parameters.Values | Where-Object { $own -notcontains $_.Name }) {
            @{ Command = $command.Name; Parameter = $parameter; Name = $parameter.Name }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'The manifest' {
    It 'exports exactly the cmdlets' {
        Get-Command -Module XenMigrate | ForEach-Object Name | Sort-Object | Should -Be @(
            'Connect-MigrationHost'
            'Disable-Relocation'
            'Disconnect-MigrationHost'
            'Enable-Relocation'
            'Export-MigrationReport'
            'Get-Guest'
            'Get-GuestMigration'
            'Get-MigrationHelper'
            'Get-MigrationHost'
            'Get-RelocationConfiguration'
            'Install-MigrationHelper'
            'Measure-GuestDowntime'
            'Move-Guest'
            'New-MigrationPlan'
            'Repair-GuestMigration'
            'Repair-MigrationEnvironment'
            'Restore-Guest'
            'Resume-Guest'
            'Resume-MigrationHost'
            'Save-Guest'
            'Set-EmbeddedHost'
            'Set-RelocationConfiguration'
            'Start-Guest'
            'Stop-Guest'
            'Suspend-Guest'
            'Suspend-MigrationHost'
            'Test-MigrationEnvironment'
            'Test-RelocationAccess'
            'Undo-GuestMigration'
            'Uninstall-MigrationHelper'
        )
    }

    It 'uses approved verbs only' {
        $approved = Get-Verb | ForEach-Object Verb
        Get-Command -Module XenMigrate | Where-Object { $approved -notcontains $_.Verb } | Should -BeNullOrEmpty
    }
}

Describe 'The help of <Name>' -ForEach $commands {
    BeforeAll {
        $help = Get-Help $Name -Full
    }

    It 'has a synopsis of its own' {
        # Without a help file, Get-Help shows the syntax in its place.
        $help.Synopsis.Trim() | Should -Not -BeLike "$Name *"
    }

    It 'has a description' {
        $help.Description.Text | Should -Not -BeNullOrEmpty
    }

    It 'has two examples at least' {
        @($help.Examples.Example).Count | Should -BeGreaterOrEqual 2
    }

    It 'says of each example what it shows' {
        foreach ($example in $help.examples.example) {
            "$($example.remarks.text)".Trim() | Should -Not -BeNullOrEmpty -Because $example.title
        }
    }

    It 'has an address for -Online' {
        @($help.relatedLinks.navigationLink.uri)[0] | Should -Match '^https://'
    }

    It 'shows the syntax of each parameter set' {
        @($help.Syntax.SyntaxItem).Count | Should -Be $Command.ParameterSets.Count
    }

    It 'names no parameter that is not there' {
        $described = @($help.Parameters.Parameter | ForEach-Object Name)
        $described | Where-Object { -not $Command.Parameters.ContainsKey($_) } | Should -BeNullOrEmpty
    }
}

Describe 'The help of <Command> -<Name>' -ForEach $parameters {
    BeforeAll {
        $help = Get-Help $Command -Parameter $Name
        $sets = @($Parameter.ParameterSets.Values)
    }

    It 'describes it' {
        $help.Description.Text | Should -Not -BeNullOrEmpty
    }

    It 'tells whether it is required' {
        $help.Required | Should -Be "$([bool]($sets | Where-Object IsMandatory))"
    }

    It 'tells its position' {
        $positions = @($sets | ForEach-Object Position | Where-Object { $_ -ge 0 } | Select-Object -Unique)
        $help.Position | Should -Be $(if ($positions.Count) { "$($positions[0])" } else { 'named' })
    }

    It 'tells whether it takes pipeline input' {
        $takes = $sets | Where-Object { $_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName }
        $help.PipelineInput | Should -BeLike $(if ($takes) { 'True*' } else { 'False' })
    }

    It 'tells its aliases' {
        $help.Aliases | Should -Be $(if ($Parameter.Aliases) { $Parameter.Aliases -join ', ' } else { 'none' })
    }
}

Describe 'The about topic' {
    It 'is found' {
        Get-Help about_XenMigrate | Out-String | Should -BeLike '*HOW OUTCOMES ARE DECIDED*'
    }

    It 'fits 80 columns, as all others do' {
        Get-ChildItem (Join-Path $module en-US) -Filter *.help.txt | Get-Content | Where-Object Length -gt 80 | Should -BeNullOrEmpty
    }

    It 'names every cmdlet' {
        $topic = Get-Help about_XenMigrate | Out-String
        $list = $topic.Substring($topic.LastIndexOf("`nCMDLETS"))
        Get-Command -Module XenMigrate | Where-Object { $list -notmatch "\b$($_.Name)\b" } | Should -BeNullOrEmpty
    }
}

Describe 'Errors without a host' {
    BeforeAll {
        Disconnect-MigrationHost *
    }

    It 'says that no host is connected' {
        { Get-Guest } | Should -Throw -ErrorId 'HostNotConnected,XenMigrate.GetGuestCommand'
    }

    It 'says that a session is not there' {
        { Get-MigrationHost 'no-such-session' -ErrorAction Stop } |
            Should -Throw -ErrorId 'HostNotConnected,XenMigrate.GetMigrationHostCommand'
    }

    It 'finds nothing by a pattern, which is no error' {
        Get-MigrationHost 'no-such-*' -ErrorAction Stop | Should -BeNullOrEmpty
    }
}
