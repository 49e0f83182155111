# Runs the suite that ships on the embedded pair in several states, and leaves what came of it in a folder. For
# Checks.Tests.ps1, in a PowerShell of its own: two versions of Pester do not fit into one.
param([string] $Module, [string] $Pester, [string] $Folder)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Pester
Import-Module (Join-Path $Module 'XenMigrate.psd1')

function Invoke-Suite([string] $Name, [hashtable] $Data, [scriptblock] $Prepare = {}, [string[]] $Format = 'NUnitXml') {
    Get-MigrationHost et-virt* | Disconnect-MigrationHost
    $null = Connect-MigrationHost -Embedded
    & $Prepare
    $result = foreach ($one in $Format) {
        Invoke-Pester -Configuration @{
            Run        = @{
                Container = New-PesterContainer -Path (Join-Path $Module 'module/Environment.Tests.ps1') -Data (@{ Source = 'et-virt08' } + $Data)
                PassThru  = $true
            }
            Output     = @{ Verbosity = 'None' }
            TestResult = @{ Enabled = $true; OutputFormat = $one; OutputPath = "$Folder/$Name.$one" }
        }
    }

    $result = @($result)
    @{
        Result = $result[0].Result
        Tests  = @($result[0].Tests | ForEach-Object { @{ Name = $_.ExpandedName; Result = $_.Result; Why = "$($_.ErrorRecord)" } })
        Checks = @(Test-MigrationEnvironment et-virt08 $Data.Destination -Name testvm* | ForEach-Object {
            @{ Id = $_.Id; Name = $_.Name; Guest = $_.Guest; Status = "$($_.Status)" }
        })
    } | ConvertTo-Json -Depth 4 | Set-Content "$Folder/$Name.json"
}

Invoke-Suite sound @{ Destination = 'et-virt07'; Guest = 'testvm*' }
Invoke-Suite broken @{ Destination = 'et-virt07'; Guest = 'testvm1' } { Set-EmbeddedHost et-virt07 -BridgeName xenbr9 } NUnitXml, JUnitXml
Invoke-Suite unreached @{ Destination = 'et-virt07', 'nowhere.invalid' }
Invoke-Suite strict @{ Destination = 'et-virt07'; Strict = $true }
Invoke-Suite nobody @{ Destination = 'et-virt07'; Guest = 'nobody' }
