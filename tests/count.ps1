<#
.SYNOPSIS
Says what failed, what was skipped and why, and in one last line how many tests passed, failed and were skipped.
.PARAMETER ResultPath
A folder with results: of xunit in TRX files, of Pester in NUnit XML.
#>
param(
    [Parameter(Mandatory)]
    [string] $ResultPath
)

$passed, $failed, $skipped = 0, @(), @()
foreach ($file in Get-ChildItem -LiteralPath $ResultPath -Filter *.trx) {
    $results = ([xml](Get-Content -LiteralPath $file -Raw)).TestRun.Results.UnitTestResult
    $passed += @($results | Where-Object outcome -EQ Passed).Count
    $failed += $results | Where-Object outcome -NotIn Passed, NotExecuted | ForEach-Object testName
    $skipped += $results | Where-Object outcome -EQ NotExecuted | ForEach-Object { $_.Output.ErrorInfo.Message ?? 'no reason given' }
}

foreach ($file in Get-ChildItem -LiteralPath $ResultPath -Filter *.xml) {
    $cases = ([xml](Get-Content -LiteralPath $file -Raw)).SelectNodes('//test-case')
    $passed += @($cases | Where-Object result -EQ Success).Count
    $failed += $cases | Where-Object result -In Failure, Error | ForEach-Object description
    $skipped += $cases | Where-Object result -NotIn Success, Failure, Error | ForEach-Object { $_.reason.message.InnerText ?? $_.description }
}

$skipped | Group-Object | ForEach-Object { "skipped, $($_.Count): $($_.Name)" }
$failed | ForEach-Object { "failed: $_" }
"$passed passed, $($failed.Count) failed, $($skipped.Count) skipped"
exit [int]($failed.Count -gt 0 -or $passed -eq 0)
