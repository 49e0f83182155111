<#
.SYNOPSIS
Runs the Pester suites on the module as the build published it, and says how many tests passed.
.DESCRIPTION
Gets Pester from NuGet if it is not in out/packages yet. Ends with 1 if a test failed, or if there was none.
.PARAMETER PesterVersion
The version of Pester to run, exactly; the newest that is tested, if none is named.
.PARAMETER Path
Suites, or folders of them, with commas between.
.PARAMETER ResultPath
A file to write the results to, as NUnit XML.
.EXAMPLE
pwsh -NoProfile tests/pester/run.ps1 -PesterVersion 5.9.1 -Path tests/pester/Move.Tests.ps1
#>
param(
    [string] $PesterVersion,

    [string[]] $Path = $PSScriptRoot,

    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
. "$PSScriptRoot/pester.ps1"
if (-not $PesterVersion) {
    $PesterVersion = $currentPester
}

Import-Module (Get-PesterPath $PesterVersion)
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path -split ','
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = if ([Console]::IsOutputRedirected) { 'Plaintext' } else { 'Auto' }
if ($ResultPath) {
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputFormat = 'NUnitXml'
    $configuration.TestResult.OutputPath = $ResultPath
}

$result = Invoke-Pester -Configuration $configuration
$skipped = $result.SkippedCount + $result.NotRunCount + $result.InconclusiveCount
"Pester $PesterVersion`: $($result.PassedCount) passed, $($result.FailedCount) failed, $skipped skipped"
if ($env:XENMIGRATE_TEST_HOME) {
    Remove-Item -LiteralPath $env:XENMIGRATE_TEST_HOME -Recurse -Force
}

exit [int]($result.Result -ne 'Passed' -or $result.PassedCount -eq 0)
