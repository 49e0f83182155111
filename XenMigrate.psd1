@{
    RootModule             = if ($PSEdition -eq 'Core') {
        'module/bin/net8.0/XenMigrate.dll'
    }
    else {
        'module/bin/netstandard2.0/XenMigrate.dll'
    }
    ModuleVersion          = '0.1.0'
    GUID                   = '8c5a1c0e-5d0b-4a53-9a1e-2f6f0a7b6c11'
    Author                 = 'The XenMigrate team'
    Copyright              = '(c) The XenMigrate team. MIT licence.'
    Description            = 'Moves running Xen guests between hosts, and says beforehand whether the move will work.'
    PowerShellVersion      = '5.1'
    # Windows PowerShell needs .NET Framework 4.7.2, the first that has netstandard2.0 whole.
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = 'Desktop', 'Core'
    FormatsToProcess       = 'module/XenMigrate.Format.ps1xml'
    CmdletsToExport        = @(
        'Connect-MigrationHost'
        'Disable-Relocation'
        'Disconnect-MigrationHost'
        'Enable-Relocation'
        'Export-MigrationReport'
        'Get-Guest'
        'Get-GuestMigration'
        'Get-MigrationHelper'
        'Get-MigrationHost'
        'Get-RelocationConfiguration'
        'Install-MigrationHelper'
        'Measure-GuestDowntime'
        'Move-Guest'
        'New-MigrationPlan'
        'Repair-GuestMigration'
        'Repair-MigrationEnvironment'
        'Restore-Guest'
        'Resume-Guest'
        'Resume-MigrationHost'
        'Save-Guest'
        'Set-EmbeddedHost'
        'Set-RelocationConfiguration'
        'Start-Guest'
        'Stop-Guest'
        'Suspend-Guest'
        'Suspend-MigrationHost'
        'Test-MigrationEnvironment'
        'Test-RelocationAccess'
        'Undo-GuestMigration'
        'Uninstall-MigrationHelper'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    PrivateData            = @{
        PSData = @{
            Tags         = 'Xen', 'Migration', 'LiveMigration', 'Virtualization', 'libvirt', 'xl', 'xend', 'PSEdition_Core', 'PSEdition_Desktop'
            ProjectUri   = 'https://github.com/XenMigrate/XenMigrate'
            LicenseUri   = 'https://github.com/XenMigrate/XenMigrate/blob/main/LICENSE'
            ReleaseNotes = 'The first version.'
        }
    }
}
