#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# Whether guests could move from one host to another: one test for each check. It reads only. For hosts that are not
# for testing this module, take module/Environment.Tests.ps1, which ships.
#
#   $env:XENMIGRATE_SOURCE = 'xen1'; $env:XENMIGRATE_DESTINATION = 'xen2'; $env:XENMIGRATE_GUEST = 'web*'
#   Invoke-Pester Environment.Tests.ps1 -Output Detailed
#
# XENMIGRATE_GUEST may be a pattern. XENMIGRATE_SSH_CONFIG is an ssh configuration file to use, if not your own.

BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"

    # The checks have to be made here: Pester has to know the tests before it runs them.
    $results = @()
    $problem = ''
    if (-not $noHosts) {
        try {
            if ($settings.SshConfig) {
                Connect-TestHost
            }

            $results = @(Test-MigrationEnvironment $settings.Source $settings.Destination -Name $settings.Guest)
        }
        catch {
            $problem = "$_"
        }
    }

    $cases = @(foreach ($result in $results) {
        @{
            Id     = $result.Id
            Check  = $result.Name
            Of     = if ($result.Guest) { " ($($result.Guest))" } else { '' }
            Result = $result
        }
    })
    $skip = [bool]$noHosts
    $pair = if ($skip) { $noHosts } else { "$($settings.Source) to $($settings.Destination)" }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

AfterAll {
    if (-not $noHosts) {
        Disconnect-TestHost
    }
}

Describe 'The environment: <_>' -ForEach @($pair) {
    It 'can be tested' -Skip:$skip -ForEach @(@{ Problem = $problem; Count = $cases.Count }) {
        $Problem | Should -BeNullOrEmpty
        $Count | Should -BeGreaterThan 0
    }

    if ($cases) {
        It '<Id> <Check><Of>' -ForEach $cases {
            if ($Result.Status -eq 'Skipped') {
                Set-ItResult -Skipped -Because $Result.Message
            }

            $Result.Status | Should -Be 'Passed' -Because "$($Result.Message) $($Result.Remediation)"
        }
    }
}
