#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# What is published: the files, and what the manifest says of them.

BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $scripts = Get-ChildItem $root -Recurse -Include *.ps1, *.psm1, *.psd1 | Where-Object FullName -notmatch '[\\/](bin|obj|out|\.git)[\\/]' |
        ForEach-Object { [IO.Path]::GetRelativePath($root, $_) }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    $files = Get-ChildItem $module -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($module, $_).Replace('\', '/') }

    # The assemblies right in a folder.
    function Get-Dll([string] $Folder) {
        $files -match "^$([regex]::Escape($Folder))/[^/]+\.dll$" | Split-Path -Leaf | Sort-Object
    }

    $cmdlets = Get-Command -Module XenMigrate
    $attributes = @{}
    foreach ($cmdlet in $cmdlets) {
        $attributes[$cmdlet.Name] = $cmdlet.ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
    }
}

Describe 'What ships' {
    It 'has only its engine beside the module, for <_>' -ForEach 'net8.0', 'netstandard2.0' {
        Get-Dll "module/bin/$_" | Should -Be XenMigrate.Core.dll, XenMigrate.dll
    }

    It 'has SSH.NET, the embedded hosts and what they need for PowerShell 7' {
        Get-Dll module/bin/net8.0/deps | Should -Be @(
            'BouncyCastle.Cryptography.dll'
            'Microsoft.Extensions.DependencyInjection.Abstractions.dll'
            'Microsoft.Extensions.Logging.Abstractions.dll'
            'Renci.SshNet.dll'
            'System.Formats.Asn1.dll'
            'System.IO.Hashing.dll'
            'XenMigrate.Embedded.dll'
            'XenMigrate.Ssh.dll'
        )
    }

    It "has the base library's back-ports too for Windows PowerShell" {
        $dlls = Get-Dll module/bin/netstandard2.0/deps
        'Renci.SshNet.dll', 'System.Memory.dll', 'System.Text.Json.dll', 'XenMigrate.Ssh.dll' | Where-Object { $_ -notin $dlls } | Should -BeNullOrEmpty
    }

    It "has no assembly of PowerShell's own" {
        $files -match 'System\.Management\.Automation|PowerShellStandard' | Should -BeNullOrEmpty
    }

    It 'says whose work each assembly of others is, and has the notices of what they took from others' {
        $notices = Get-Content -Raw (Join-Path $module module/THIRD-PARTY-NOTICES.txt)
        $files -match '/deps/.*\.dll$' | Split-Path -Leaf | Where-Object { $_ -notlike 'XenMigrate.*' -and $notices -notmatch "[(\s]$([regex]::Escape($_))[,)]" } |
            Should -BeNullOrEmpty
        Get-Content -Raw (Join-Path $module module/bin/DOTNET-THIRD-PARTY-NOTICES.txt) | Should -Match 'License notice for'
    }

    It 'has only files of known kinds' {
        $files | Where-Object { [IO.Path]::GetExtension($_) -notin '.dll', '.md', '.png', '.ps1', '.ps1xml', '.psd1', '.txt', '.xml', '' } | Should -BeNullOrEmpty
    }

    It 'has <_>' -ForEach 'LICENSE', 'README.md', 'XenMigrate.psd1', 'module/Environment.Tests.ps1', 'module/XenMigrate.Format.ps1xml' {
        $files | Should -Contain $_
    }

    It 'has views that are well-formed' {
        { [xml] (Get-Content -Raw (Join-Path $module module/XenMigrate.Format.ps1xml)) } | Should -Not -Throw
    }
}

Describe 'The script <_>' -ForEach $scripts {
    It 'parses' {
        $errors = $null
        $null = [System.Management.Automation.Language.Parser]::ParseFile((Join-Path $root $_), [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
    }
}

Describe 'The manifest' {
    It 'is valid, and for both editions' {
        $tested = Test-ModuleManifest $manifest -ErrorAction Stop
        "$($tested.Version)" | Should -Be $version
        $tested.CompatiblePSEditions | Sort-Object | Should -Be Core, Desktop
    }

    It 'exports every cmdlet type, and nothing else' {
        $types = $cmdlets[0].ImplementingType.Assembly.GetExportedTypes() | ForEach-Object {
            $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) | ForEach-Object { "$($_.VerbName)-$($_.NounName)" }
        } | Sort-Object
        $cmdlets.Name | Sort-Object | Should -Be $types
        (Test-ModuleManifest $manifest).ExportedCommands.Keys | Sort-Object | Should -Be $types
    }

    It 'finds its files in place in the working copy: <_>' -ForEach @(
        'XenMigrate.psd1', 'module/XenMigrate.Format.ps1xml', 'module/bin/net8.0/XenMigrate.dll', 'module/bin/netstandard2.0/XenMigrate.dll'
    ) {
        Join-Path $root $_ | Should -Exist
    }

    It 'has the version of the assemblies' {
        $dll = Join-Path $module module/bin/netstandard2.0/XenMigrate.dll
        "$([System.Reflection.AssemblyName]::GetAssemblyName($dll).Version)" | Should -Be "$version.0"
    }
}

Describe 'The cmdlets' {
    It 'are sealed' {
        $cmdlets | Where-Object { -not $_.ImplementingType.IsSealed } | Should -BeNullOrEmpty
    }

    It 'ask by their impact when they change something: <Impact>' -ForEach @(
        @{ Impact = 'High'; Names = 'Disable-Relocation', 'Enable-Relocation', 'Repair-GuestMigration', 'Repair-MigrationEnvironment', 'Resume-MigrationHost', 'Set-RelocationConfiguration', 'Stop-Guest', 'Suspend-MigrationHost' }
        @{ Impact = 'Medium'; Names = 'Install-MigrationHelper', 'Move-Guest', 'Restore-Guest', 'Resume-Guest', 'Save-Guest', 'Start-Guest', 'Suspend-Guest', 'Undo-GuestMigration', 'Uninstall-MigrationHelper' }
        @{ Impact = 'Low'; Names = 'Export-MigrationReport', 'Set-EmbeddedHost' }
    ) {
        $attributes.Keys | Where-Object { $attributes[$_].SupportsShouldProcess -and "$($attributes[$_].ConfirmImpact)" -eq $Impact } |
            Sort-Object | Should -Be $Names
    }

    It 'say that a host has a name' {
        { Get-Guest -ComputerName ' ' } | Should -Throw '*A host has a name*'
    }
}
