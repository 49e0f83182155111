<#
.SYNOPSIS
Builds XenMigrate, tests it, or leaves what would be published under out/.
.DESCRIPTION
Runs in any PowerShell 7, and without one by: dotnet run --project src/XenMigrate.Shell -- -File build.ps1 TASK
That shell runs as Debug, so what is built here is Release: no program overwrites itself.
.PARAMETER Task
Build: everything. Test: all tests that need no Xen. Lab: boots the two Xen hosts of tests/lab, and tests on them.
Package: the module alone, as it would be published.
.EXAMPLE
./build.ps1 Test
#>
param(
    [ValidateSet('Build', 'Test', 'Lab', 'Package')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

# Nothing but Microsoft.PowerShell.Core and the language is used here. MSBuild does the work.
$ErrorActionPreference = 'Stop'
$solution = "$PSScriptRoot/src/XenMigrate.slnx"

function Invoke-Native {
    $program, $arguments = $args
    & $program @arguments
    if ($LASTEXITCODE -ne 0) {
        throw "$args ended with exit code $LASTEXITCODE."
    }
}

switch ($Task) {
    'Build' { Invoke-Native dotnet build $solution -c $Configuration }
    'Test' { Invoke-Native dotnet test $solution -c $Configuration --filter 'Category!=Lab' }
    'Lab' {
        Invoke-Native "$PSScriptRoot/tests/lab/lab" up
        Invoke-Native "$PSScriptRoot/tests/lab/lab" test -c $Configuration
    }
    'Package' {
        Invoke-Native dotnet build "$PSScriptRoot/src/XenMigrate" -c Release
        $manifests = [System.IO.Directory]::GetFiles("$PSScriptRoot/out/XenMigrate", 'XenMigrate.psd1', 'AllDirectories')
        foreach ($module in $manifests | Test-ModuleManifest) {
            "XenMigrate $($module.Version) is in $($module.ModuleBase). Publish-PSResource -Path that folder publishes it."
        }
    }
}
