# The version that the suites run on where none is named.
$currentPester = '6.2.0'

# The manifest of a version of Pester, which is got from NuGet if it is not in out/packages yet.
function Get-PesterPath([string] $Version) {
    $packages = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'out/packages'
    $pester = Join-Path $packages "pester/$Version/tools/Pester.psd1"
    if (-not (Test-Path $pester)) {
        $said = dotnet package download "Pester@$Version" -o $packages
        if ($LASTEXITCODE -ne 0) {
            throw "Pester $Version could not be had: $($said -join [Environment]::NewLine)"
        }
    }

    $pester
}
