#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# The module beside others, imported again and removed. Each test has a process of its own, since a process never
# forgets an assembly.

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    # Loads the SSH layer: nobody listens on port 1.
    $reach = '$(try { Connect-MigrationHost 127.0.0.1 -Port 1 -ErrorAction Stop } catch { $_.FullyQualifiedErrorId -replace ",.*" })'
}

Describe 'The module' {
    It 'keeps its cmdlets when it is imported again, forced, removed and imported' {
        $all = (Get-Command -Module XenMigrate).Count
        Invoke-NewProcess @"
            `$count = { (Get-Command -Module XenMigrate).Count }
            Import-Module '$manifest'; & `$count
            Import-Module '$manifest' -Force; & `$count
            Remove-Module XenMigrate; & `$count
            Import-Module '$manifest'; & `$count
            Import-Module '$manifest' -Force; Import-Module '$manifest' -Force; Remove-Module XenMigrate; Import-Module '$manifest'; & `$count
            @(Get-MigrationHost).Count
            $reach
"@ | Should -Be $all, $all, 0, $all, $all, 0, HostUnreachable
    }

    It 'stays to one runspace when another removes it' {
        Invoke-NewProcess @"
            `$other = [powershell]::Create().AddScript("Import-Module '$manifest'; Remove-Module XenMigrate; 'removed'")
            `$other.Invoke()
            $reach
"@ | Should -Be removed, HostUnreachable
    }

    It "does not meet another module's SSH.NET and hashing, and lets nothing of its own out" {
        $foreign = Join-Path $TestDrive foreign
        $null = New-Item -ItemType Directory $foreign
        foreach ($type in 'Renci.SshNet.SshClient', 'System.IO.Hashing.XxHash3') {
            # What another module has under a name that ours has too: an older version, with nothing of what ours needs.
            $space, $name = $type -split '\.(?=\w+$)'
            Add-Type -OutputAssembly "$foreign/$space.dll" -TypeDefinition "
                [assembly: System.Reflection.AssemblyVersion(`"1.0.0.0`")]
                namespace $space { public sealed class $name { } }"
        }

        $report = Invoke-NewProcess @"
            Get-ChildItem '$foreign' | ForEach-Object { `$null = [System.Reflection.Assembly]::LoadFrom(`$_) }
            `$null = [Renci.SshNet.SshClient], [System.IO.Hashing.XxHash3]
            `$reached = $reach
            `$null = Connect-MigrationHost -Embedded
            `$moved = Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live
            `$contexts = [System.Runtime.Loader.AssemblyLoadContext]::All
            `$own = `$contexts | Where-Object Name -eq XenMigrate.Dependencies
            @{
                Reached = `$reached
                Outcome = "`$(`$moved.Outcome)"
                Own     = @(`$own.Assemblies | ForEach-Object { `$_.GetName().Name })
                SshNet  = @(`$own.Assemblies | Where-Object { `$_.GetName().Name -eq 'Renci.SshNet' } | ForEach-Object Location)
                Default = @([System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | Where-Object { -not `$_.IsDynamic -and `$_.Location -like '$module*' } | ForEach-Object { `$_.GetName().Name } | Sort-Object)
                Engines = @(`$contexts | ForEach-Object Assemblies | Where-Object { `$_.GetName().Name -eq 'XenMigrate.Core' }).Count
                Foreign = @([Renci.SshNet.SshClient].Assembly, [System.IO.Hashing.XxHash3].Assembly | ForEach-Object { "`$(`$_.GetName().Version)" })
                Names   = @((Get-Command Get-Guest).ImplementingType.Assembly.GetReferencedAssemblies().Name)
            } | ConvertTo-Json
"@ | Out-String | ConvertFrom-Json
        $report.Reached | Should -Be HostUnreachable
        $report.Outcome | Should -Be Succeeded
        $report.Own | Should -Contain System.IO.Hashing
        $report.Own | Should -Contain XenMigrate.Embedded
        $report.SshNet | Should -BeLike "$module*"
        $report.Default | Should -Be XenMigrate, XenMigrate.Core
        $report.Engines | Should -Be 1
        $report.Foreign | Should -Be '1.0.0.0', '1.0.0.0'
        $report.Names | Should -Not -Contain Renci.SshNet
        $report.Names | Should -Not -Contain System.IO.Hashing
    }
}
