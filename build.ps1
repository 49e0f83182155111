<#
.SYNOPSIS
Builds XenMigrate, tests it, or leaves what would be published under out/.
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

function Invoke-DotNet {
    & dotnet $args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args ended with exit code $LASTEXITCODE."
    }
}

switch ($Task) {
    'Build' { Invoke-DotNet build $solution -c $Configuration }
    'Test' { Invoke-DotNet test $solution -c $Configuration --filter 'Category!=Lab' }
    'Lab' { Invoke-DotNet test "$PSScriptRoot/tests/lab/XenMigrate.Lab.Tests" -c $Configuration }
    'Package' {
        Invoke-DotNet build "$PSScriptRoot/src/XenMigrate" -c Release
        "The module is in $PSScriptRoot/out/XenMigrate. Publish-PSResource -Path its folder publishes it."
    }
}
