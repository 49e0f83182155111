# What the suites share: the module, imported as its users do, and the settings. Dot-source it in BeforeDiscovery and
# again in BeforeAll: Pester keeps nothing between discovery and run.

$ErrorActionPreference = 'Stop'

$root = Split-Path (Split-Path $PSScriptRoot)
$manifest = Join-Path $root 'XenMigrate.psd1'

$framework = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
if (-not (Test-Path (Join-Path $root "module/bin/$framework/XenMigrate.dll"))) {
    throw 'The module is not built yet: cd src; dotnet build'
}

Import-Module $manifest

$settings = @{
    Source      = $env:XENMIGRATE_SOURCE
    Destination = $env:XENMIGRATE_DESTINATION
    Guest       = $env:XENMIGRATE_GUEST
    # An ssh configuration file to connect by, as 'tests/lab/lab config' prints; optional.
    SshConfig   = $env:XENMIGRATE_SSH_CONFIG
}

# Why the suites that need hosts can't run; empty if they can. A skipped test shows it in its name.
$missing = @(
    if (-not $settings.Source) { 'XENMIGRATE_SOURCE' }
    if (-not $settings.Destination) { 'XENMIGRATE_DESTINATION' }
    if (-not $settings.Guest) { 'XENMIGRATE_GUEST' }
)
$noHosts = if ($missing.Count) { "not set: $($missing -join ', ')" } else { '' }

# Opens both sessions, or throws: from here on, hosts that do not answer are a failure and no reason to skip.
function Connect-TestHost {
    $connect = @{ ComputerName = $settings.Source, $settings.Destination }
    if ($settings.SshConfig) {
        $connect.ConfigurationPath = $settings.SshConfig
    }

    $null = Connect-MigrationHost @connect
}

function Disconnect-TestHost {
    Disconnect-MigrationHost $settings.Source, $settings.Destination -ErrorAction Ignore
}
