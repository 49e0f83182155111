@{
    ModuleVersion        = '0.1.0'
    GUID                 = '8c5a1c0e-5d0b-4a53-9a1e-2f6f0a7b6c11'
    Author               = 'The XenMigrate team'
    Copyright            = '(c) The XenMigrate team. MIT licence.'
    Description          = 'Moves running Xen guests between hosts, and says beforehand whether the move will work.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = 'Desktop', 'Core'
}
