<#
.SYNOPSIS
Runs all tests that need no Xen, on what was built as Release, and says in one line how many passed.
.DESCRIPTION
The projects of xunit run side by side, then the Pester suites in a PowerShell of their own. What was skipped is told with its
reason. Ends with 1 if a test failed, or if a run broke off.
.PARAMETER ResultPath
A folder for the results of every run, emptied before.
.EXAMPLE
pwsh -NoProfile tests/run.ps1
#>
param(
    [string] $ResultPath = (Join-Path (Split-Path $PSScriptRoot) out/test-results)
)

$ErrorActionPreference = 'Stop'
Remove-Item -LiteralPath $ResultPath -Recurse -Force -ErrorAction Ignore
$null = New-Item -ItemType Directory -Path $ResultPath

dotnet test "$PSScriptRoot/../src/Tests.slnf" -c Release --no-build --filter 'Category!=Lab' --logger 'trx;LogFilePrefix=xunit' --results-directory $ResultPath
$broken = $LASTEXITCODE -ne 0
# A dotnet tool has no program of its own, but its dll.
dotnet exec (Join-Path $PSHOME pwsh.dll) -NoProfile -NonInteractive -File "$PSScriptRoot/pester/run.ps1" -ResultPath "$ResultPath/pester.xml"
$broken = $LASTEXITCODE -ne 0 -or $broken
& "$PSScriptRoot/count.ps1" $ResultPath
exit [int]($LASTEXITCODE -ne 0 -or $broken)
