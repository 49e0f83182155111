<#
.SYNOPSIS
Runs all tests that need no Xen, on what was built as Release, and says in one line how many passed.
.DESCRIPTION
The projects of xunit run side by side, and beside them the Pester suites in two PowerShells, so that no processor stands
still while somebody waits. What was skipped is told with its reason. Ends with 1 if a test failed, or if a run broke off.
.PARAMETER ResultPath
A folder for the results of every run, emptied before.
.EXAMPLE
pwsh -NoProfile tests/run.ps1
#>
param(
    [string] $ResultPath = (Join-Path (Split-Path $PSScriptRoot) out/test-results)
)

$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/pester/pester.ps1"
Remove-Item -LiteralPath $ResultPath -Recurse -Force -ErrorAction Ignore
$null = New-Item -ItemType Directory -Path $ResultPath

# What takes long goes first, so that nobody waits for it at the end, and is dealt to both PowerShells.
function Get-LongestFirst([string[]] $Names, [string[]] $Long) {
    $Names | Sort-Object { $at = $Long.IndexOf($_); if ($at -ge 0) { $at } else { $Long.Count } }, { $_ }
}

$long = 'Prompt', 'Checks', 'Embedded', 'Drain', 'Batch', 'Jobs', 'Idioms', 'Loading', 'Advice', 'Completion', 'Module'
$suites = Get-LongestFirst (Get-ChildItem "$PSScriptRoot/pester" -Filter *.Tests.ps1).Name.Replace('.Tests.ps1', '') $long
$projects = (Get-Content -Raw "$PSScriptRoot/../src/Tests.slnf" | ConvertFrom-Json).solution.projects -match 'Tests\.csproj$'
$programs = foreach ($name in Get-LongestFirst ($projects | Split-Path -LeafBase) XenMigrate.Ssh.Tests, XenMigrate.Core.Tests) {
    (Get-ChildItem "$PSScriptRoot/$name/bin/Release" -Recurse -Filter "$name.dll").FullName
}

# Both would get it at once.
$null = Get-PesterPath $currentPester
# A dotnet tool has no program of its own, but its dll. What they say is kept until xunit has ended.
$pesters = foreach ($half in 0, 1) {
    $path = (0..($suites.Count - 1)).Where{ $_ % 2 -eq $half }.ForEach{ "$PSScriptRoot/pester/$($suites[$_]).Tests.ps1" } -join ','
    $arguments = 'exec', (Join-Path $PSHOME pwsh.dll), '-NoProfile', '-NonInteractive', '-File', "$PSScriptRoot/pester/run.ps1", '-Path', $path, '-ResultPath', "$ResultPath/pester$half.xml"
    Start-Process dotnet $arguments -NoNewWindow -PassThru -RedirectStandardOutput "$ResultPath/pester$half.txt" -RedirectStandardError "$ResultPath/pester$half-errors.txt"
}

try {
    dotnet test $programs --filter 'Category!=Lab' --logger 'trx;LogFileName=xunit.trx' --results-directory $ResultPath -- RunConfiguration.MaxCpuCount=2
    $broken = $LASTEXITCODE -ne 0
    $pesters.ForEach{ $_.WaitForExit() }
    $broken = $broken -or $pesters.ExitCode -ne 0
}
finally {
    # Ctrl+C ends all.
    $pesters.Where{ -not $_.HasExited }.ForEach{ $_.Kill($true) }
    Get-Content "$ResultPath/pester*.txt"
}

& "$PSScriptRoot/count.ps1" $ResultPath
exit [int]($LASTEXITCODE -ne 0 -or $broken)
