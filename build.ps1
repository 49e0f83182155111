<#
.SYNOPSIS
Builds XenMigrate and does what is asked for with it.
.DESCRIPTION
Needs git and the .NET SDK 10 alone; the SDK brings PowerShell: dotnet tool exec PowerShell -y -- build.ps1 TASK
.PARAMETER Task
Try: moves guests between two hosts within the process. Test: all tests that need no Xen. Lab: boots the two Xen hosts of
tests/lab, and tests on them. Package: the module as a package, in a repository under out/. Bench: measures, and prints
one table, which it also writes to out/benchmarks as JSON and as a page with charts.
.PARAMETER Name
Which benchmarks to run: their names, as tests/benchmarks lists them.
.PARAMETER Compare
For Bench, an earlier run's JSON: what got slower since is told, and ends with an error.
.EXAMPLE
./build.ps1 Test
.EXAMPLE
./build.ps1 Bench plan, import -Compare before.json
#>
param(
    [Parameter(Position = 0)]
    [ValidateSet('Try', 'Test', 'Lab', 'Package', 'Bench')]
    [string] $Task = 'Try',

    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Name,

    [string] $Compare
)

$ErrorActionPreference = 'Stop'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = $env:DOTNET_NOLOGO = $env:POWERSHELL_TELEMETRY_OPTOUT = 1

# MSBuild does the work.
function Invoke-Native {
    $program, $arguments = $args
    & $program @arguments
    if ($LASTEXITCODE -ne 0) {
        throw "$args ended with exit code $LASTEXITCODE."
    }
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Try' {
            Invoke-Native dotnet build src/XenMigrate -c Release -f net8.0 '-p:WithSaveHelper=false' -v quiet
            ./module/examples/first-move.ps1
            'For a prompt with the module: dotnet tool exec PowerShell -y -- -NoExit -Command Import-Module ./XenMigrate.psd1'
        }
        'Test' {
            # What runs for minutes gains nothing by being compiled a second time. The analyzers take longer than the
            # compiler, and are run by CI; a compiler for all projects takes less than a cold one for each.
            $env:DOTNET_TieredPGO = 0
            Invoke-Native dotnet build src/Tests.slnf -c Release -v quiet '-p:RunAnalyzers=false' '-p:UseSharedCompilation=true'
            ./tests/run.ps1
            exit $LASTEXITCODE
        }
        'Lab' {
            Invoke-Native dotnet tool restore
            Invoke-Native tests/lab/lab up
            Invoke-Native tests/lab/lab test -c Release
        }
        'Package' {
            Invoke-Native dotnet build src/XenMigrate -c Release -v quiet
            ./tests/package/publish.ps1
        }
        'Bench' {
            $words = @($Name; if ($Compare) { '--compare', $Compare }) -ne $null
            Invoke-Native dotnet run -c Release --project tests/benchmarks '--' @words
        }
    }
}
finally {
    Pop-Location
}
