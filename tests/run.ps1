<#
.SYNOPSIS
Runs all tests that need no Xen, on what was built as Release, and says in one line how many passed.
.DESCRIPTION
The projects of xunit run side by side, and beside them the Pester suites in a PowerShell of their own, since those mostly wait.
What was skipped is told with its reason. Ends with 1 if a test failed, or if a run broke off.
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

# A dotnet tool has no program of its own, but its dll. What it says is kept until xunit has ended.
$arguments = 'exec', (Join-Path $PSHOME pwsh.dll), '-NoProfile', '-NonInteractive', '-File', "$PSScriptRoot/pester/run.ps1", '-ResultPath', "$ResultPath/pester.xml"
$pester = Start-Process dotnet $arguments -NoNewWindow -PassThru -RedirectStandardOutput "$ResultPath/pester.txt" -RedirectStandardError "$ResultPath/pester-errors.txt"
try {
    dotnet test "$PSScriptRoot/../src/Tests.slnf" -c Release --no-build --filter 'Category!=Lab' --logger 'trx;LogFilePrefix=xunit' --results-directory $ResultPath
    $broken = $LASTEXITCODE -ne 0
    $pester.WaitForExit()
    $broken = $pester.ExitCode -ne 0 -or $broken
}
finally {
    # Ctrl+C ends both.
    if (-not $pester.HasExited) {
        $pester.Kill($true)
    }

    Get-Content -LiteralPath "$ResultPath/pester.txt", "$ResultPath/pester-errors.txt"
}

& "$PSScriptRoot/count.ps1" $ResultPath
exit [int]($LASTEXITCODE -ne 0 -or $broken)
