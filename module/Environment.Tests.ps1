# Whether guests could move from one host to others: one test for each check, for Pester 5. It reads only.
#
#   $data = @{ Source = 'xen1'; Destination = 'xen2'; Guest = 'web*' }
#   Invoke-Pester -Container (New-PesterContainer -Path module/Environment.Tests.ps1 -Data $data) -Output Detailed
#
# Source       The host that has the guests.
# Destination  Where they are to go: one host or several.
# Guest        Names, or patterns. Without it, only the hosts are checked.
# Strict       $true: what is only a warning fails, too.
#
# Passed passes, Failed fails, and so does Unknown: what could not be asked is not as it should be. What does not apply
# is skipped. A warning is inconclusive: Pester reports it, and the run does not fail for it.
param(
    [Parameter(Mandatory)]
    [string] $Source,

    [Parameter(Mandatory)]
    [string[]] $Destination,

    [string[]] $Guest = @(),

    [bool] $Strict = $false
)

# Pester runs this file twice: first to find the tests, then each test by itself, when nothing of the first time is left
# but what -ForEach gives it. The checks have to be made the first time, since each of their results is a test.
BeforeDiscovery {
    if (-not (Get-Module XenMigrate)) {
        Import-Module "$PSScriptRoot/../XenMigrate.psd1" -ErrorAction Stop
    }

    $moves = @(foreach ($to in $Destination) {
        $results = @()
        $problem = ''
        try {
            $name = @{}
            if ($Guest) {
                $name.Name = $Guest
            }

            $results = @(Test-MigrationEnvironment $Source $to @name -ErrorAction Stop)
        }
        catch {
            $problem = "$_"
        }

        # An error makes no test of its own and no results make none at all: neither may look like success.
        if (-not $problem -and -not $results) {
            $problem = 'No check was made.'
        }

        @{
            Move    = "$Source to $to"
            Problem = $problem
            Cases   = @(foreach ($result in $results) {
                @{
                    Id     = $result.Id
                    Check  = $result.Name
                    Of     = if ($result.Guest) { " ($($result.Guest))" } else { '' }
                    Status = "$($result.Status)"
                    Why    = "$($result.Message) $($result.Remediation)".Trim()
                    Strict = $Strict
                }
            })
        }
    })
}

Describe 'Moves from <Move>' -ForEach $moves {
    It 'can be checked' {
        $Problem | Should -BeNullOrEmpty
    }

    if ($Cases) {
        It '<Id> <Check><Of>' -ForEach $Cases {
            if ($Status -eq 'Skipped') {
                Set-ItResult -Skipped -Because $Why
            }
            elseif ($Status -eq 'Warning' -and -not $Strict) {
                Set-ItResult -Inconclusive -Because $Why
            }
            else {
                $Status | Should -Be 'Passed' -Because $Why
            }
        }
    }
}
