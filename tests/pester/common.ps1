# What the suites share: the module as it is published, hosts, and a few words to test by. Dot-source it in
# BeforeDiscovery and again in BeforeAll: Pester keeps nothing between discovery and run.
#
# The suites that move guests do so on the hosts that XENMIGRATE_TEST_HOSTS names:
#
#   embedded                     the two hosts within the PowerShell process; so it is when nothing is set
#   lab                          the two Xen hosts that tests/lab/lab up has booted
#   xen1 xen2 web [FILE]         your own: source, destination, a guest that may be moved, and an ssh configuration
#                                file to connect by, if not your own

$ErrorActionPreference = 'Stop'
$env:POWERSHELL_TELEMETRY_OPTOUT = 1

$root = Split-Path (Split-Path $PSScriptRoot)
$embedded = $env:XENMIGRATE_TEST_HOSTS -in $null, '', 'embedded'

# Nothing of the user's is touched: journals go to a folder of these tests. Only own hosts are connected by own keys.
if (-not $env:XENMIGRATE_TEST_HOME) {
    $folder = Join-Path ([IO.Path]::GetTempPath()) "xenmigrate-$PID-$(Get-Random)"
    $env:XENMIGRATE_TEST_HOME = (New-Item -ItemType Directory $folder).FullName
    foreach ($name in 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_CONFIG_HOME', 'LOCALAPPDATA') {
        Set-Item "env:$name" $env:XENMIGRATE_TEST_HOME
    }

    if ($embedded) {
        $env:HOME = $env:USERPROFILE = $env:XENMIGRATE_TEST_HOME
    }
}

$version = [regex]::Match((Get-Content -Raw (Join-Path $root 'XenMigrate.psd1')), "ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value
$module = Join-Path $root "out/XenMigrate/$version"
$manifest = Join-Path $module 'XenMigrate.psd1'
$loaded = Get-Module XenMigrate
if (-not $loaded) {
    if (-not (Test-Path $manifest)) {
        throw "The module is not built yet: dotnet build src/XenMigrate makes $module."
    }

    Import-Module $manifest
}
elseif ($loaded.ModuleBase -ne $module) {
    throw "XenMigrate is loaded from $($loaded.ModuleBase), and what is tested is $module. Start a new PowerShell."
}

# The hosts that guests are moved between, and one guest.
$hosts = if ($embedded) {
    @{ Source = 'et-virt08'; Destination = 'et-virt07'; Guest = 'testvm1'; Connect = @{ Embedded = $true } }
}
else {
    $words = if ($env:XENMIGRATE_TEST_HOSTS -eq 'lab') {
        'et-virt08', 'et-virt07', 'testvm1', (& (Join-Path $root 'tests/lab/lab') config)
    }
    else {
        -split $env:XENMIGRATE_TEST_HOSTS
    }

    if ($words.Count -notin 3, 4) {
        throw "XENMIGRATE_TEST_HOSTS is '$env:XENMIGRATE_TEST_HOSTS': it is 'embedded', 'lab', or a source, a destination and a guest."
    }

    $connect = @{ ComputerName = $words[0, 1] }
    if ($words.Count -eq 4) {
        $connect.ConfigurationPath = $words[3]
    }

    @{ Source = $words[0]; Destination = $words[1]; Guest = $words[2]; Connect = $connect }
}

. "$PSScriptRoot/pester.ps1"

# The embedded pair as it is at first: guests on et-virt08, nothing broken. A new one takes most of a second, and is made
# only if a guest moved, stopped or stands still.
function Reset-EmbeddedPair {
    $pair = @(Get-MigrationHost et-virt* | Where-Object State -eq Connected)
    if ($pair.Count -eq 2) {
        $pair | Set-EmbeddedHost -Reset
        $guests = Get-Guest -ComputerName et-virt08 | Where-Object State -in Running, Blocked | ForEach-Object { "$($_.Name) $($_.Id)" }
        if ("$guests" -eq 'testvm1 1 testvm2 2') {
            return
        }
    }

    $pair | Disconnect-MigrationHost
    $null = Connect-MigrationHost -Embedded
}

# Where each guest is: testvm1@et-virt08.
function Get-Place {
    Get-Guest | ForEach-Object { "$($_.Name)@$($_.ComputerName)" }
}

# What a block shows in a terminal of so many columns, as text.
function Show-Text([scriptblock] $Block, [int] $Width = 79) {
    & $Block | Out-String -Width $Width
}

# What a block wrote: its output, its errors, and their ids without the cmdlet's name.
function Get-Written([scriptblock] $Block) {
    $ErrorActionPreference = 'Continue'
    $written = [System.Collections.Generic.List[object]]::new()
    try {
        & $Block 2>&1 | ForEach-Object { $written.Add($_) }
    }
    catch {
        $written.Add($_)
    }

    $errors = @($written | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
    [pscustomobject]@{
        Output  = @($written | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] })
        Error   = $errors
        ErrorId = @($errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
    }
}

# Another PowerShell process of the version that runs this. A dotnet tool has no program of its own, but its dll.
function Invoke-Pwsh {
    if ((Get-Process -Id $PID).ProcessName -eq 'dotnet') {
        & dotnet exec (Join-Path $PSHOME pwsh.dll) -NoProfile -NonInteractive @args 2>&1
    }
    else {
        & (Get-Process -Id $PID).Path -NoProfile -NonInteractive @args 2>&1
    }
}

# What a script writes in a process of its own with the module.
function Invoke-NewProcess([string] $Script) {
    Invoke-Pwsh -Command "Import-Module '$manifest'; $Script" | ForEach-Object { "$_" }
}

# What a block says to the screen and nowhere else, as -WhatIf does.
function Get-Said([scriptblock] $Block) {
    $file = Join-Path $env:XENMIGRATE_TEST_HOME "said-$(Get-Random).txt"
    $null = Start-Transcript $file -UseMinimalHeader
    try {
        & $Block | Out-Default
    }
    finally {
        $null = Stop-Transcript
    }

    ((Get-Content -Raw $file) -split '\*{20,}\r?\n')[2]
}

# A prompt of its own, with the embedded pair, whose questions are answered by the letters of choices. Dispose its Runspace.
function New-Prompt([string[]] $Answer = @()) {
    if (-not ('AnsweringHost' -as [type])) {
        Add-Type -Path "$PSScriptRoot/AnsweringHost.cs"
    }

    $screen = [AnsweringHost]::new($Answer)
    $runspace = [runspacefactory]::CreateRunspace($screen)
    $runspace.Open()
    $shell = [powershell]::Create($runspace)
    $null = $shell.AddScript("Import-Module '$manifest'; `$null = Connect-MigrationHost -Embedded").Invoke()
    $shell.Commands.Clear()
    [pscustomobject]@{ Screen = $screen; Shell = $shell; Runspace = $runspace }
}
