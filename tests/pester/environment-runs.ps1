# Runs the suite that ships on the hosts of common.ps1, and leaves what came of it in a folder. For Checks.Tests.ps1, in a
# PowerShell of its own: two versions of Pester do not fit into one.
param([string] $PesterVersion, [string] $Folder)

$ProgressPreference = 'SilentlyContinue'
. "$PSScriptRoot/common.ps1"
Import-Module (Get-PesterPath $PesterVersion)

function Invoke-Suite([string] $Name, [hashtable] $Data) {
    $Data.Source = $hosts.Source
    $result = Invoke-Pester -Configuration @{
        Run        = @{
            Container = New-PesterContainer -Path (Join-Path $module module/Environment.Tests.ps1) -Data $Data
            PassThru  = $true
        }
        Output     = @{ Verbosity = 'None' }
        TestResult = @{ Enabled = $true; OutputFormat = 'NUnitXml'; OutputPath = "$Folder/$Name.NUnitXml" }
    }
    $result | Export-JUnitReport -Path "$Folder/$Name.JUnitXml"
    $guest = @{}
    if ($Data.Guest) {
        $guest.Name = $Data.Guest
    }

    @{
        Result = $result.Result
        Tests  = @($result.Tests | ForEach-Object { @{ Name = $_.ExpandedName; Result = $_.Result; Why = "$($_.ErrorRecord)" } })
        Checks = @(Test-MigrationEnvironment $hosts.Source $Data.Destination @guest -ErrorAction Ignore | ForEach-Object {
            @{ Id = $_.Id; Name = $_.Name; Guest = $_.Guest; Status = "$($_.Status)" }
        })
    } | ConvertTo-Json -Depth 4 | Set-Content "$Folder/$Name.json"
}

$connect = $hosts.Connect
$null = Connect-MigrationHost @connect
Invoke-Suite sound @{ Destination = $hosts.Destination; Guest = '*' }
if ($embedded) {
    Invoke-Suite unreached @{ Destination = 'et-virt07', 'nowhere.invalid' }
    Invoke-Suite strict @{ Destination = 'et-virt07'; Strict = $true }
    Invoke-Suite nobody @{ Destination = 'et-virt07'; Guest = 'nobody' }
    Set-EmbeddedHost et-virt07 -BridgeName xenbr9
    Invoke-Suite broken @{ Destination = 'et-virt07'; Guest = 'testvm1' }
}
