# What build.ps1 Package published, installed as a stranger does it: by Install-PSResource, in a home with nothing in it.

BeforeAll {
    $ErrorActionPreference = 'Stop'
    $root = Split-Path (Split-Path $PSScriptRoot)
    $repository = Join-Path $root out/repository
    $clean = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "xenmigrate-package-$PID")).FullName

    # What a script writes in a PowerShell of that home. A dotnet tool has no program of its own, but its dll.
    function Invoke-AtHome([string] $Script) {
        $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
        foreach ($word in 'exec', (Join-Path $PSHOME pwsh.dll), '-NoProfile', '-NonInteractive', '-Command', "`$ErrorActionPreference = 'Stop'; $Script") {
            $start.ArgumentList.Add($word)
        }

        $start.WorkingDirectory = $start.Environment['HOME'] = $clean
        $start.Environment.Remove('PSModulePath') | Out-Null
        $start.Environment.Keys -like 'XDG_*' | ForEach-Object { $start.Environment.Remove($_) } | Out-Null
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $errors = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        if ($process.ExitCode -ne 0) {
            throw "$Script`n$output`n$($errors.Result)"
        }

        $output.TrimEnd() -split '\r?\n'
    }

    $null = Invoke-AtHome "Register-PSResourceRepository XenMigrate -Uri '$repository' -Trusted; Install-PSResource XenMigrate -Repository XenMigrate"
    $installed = Invoke-AtHome '(Get-Module XenMigrate -ListAvailable).ModuleBase'
}

AfterAll {
    Remove-Item -LiteralPath $clean -Recurse -Force
}

Describe 'The package, installed' {
    It 'lies in the home of who installed it' {
        $installed | Should -BeLike "$clean/*"
    }

    It 'loads itself at its first command, and moves a guest' {
        Invoke-AtHome @'
            $null = Connect-MigrationHost -Embedded
            "$((Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live).Outcome) to $((Get-Guest testvm1).ComputerName)"
'@ | Should -Be 'Succeeded to et-virt07'
    }

    It 'has the save helper whole, which hosts make executable' {
        $helper = Join-Path $root out/helper/linux-x64/xenmigrate-save-helper
        (Get-FileHash (Join-Path $installed module/helper/linux-x64/xenmigrate-save-helper)).Hash | Should -Be (Get-FileHash $helper).Hash
    }

    It 'has help' {
        Invoke-AtHome '(Get-Help Move-Guest).Synopsis' | Should -Match '^\w.* guest'
        Invoke-AtHome "(Get-Help about_XenMigrate | Out-String).Length -gt 500" | Should -Be 'True'
    }

    It 'says where it comes from and under which licence' {
        $said = Invoke-AtHome '$module = Get-Module XenMigrate -ListAvailable; "$($module.ProjectUri) $($module.LicenseUri) $($module.ReleaseNotes)"'
        $said | Should -BeLike 'https://*XenMigrate https://*LICENSE ?*'
    }

    It 'has neither symbols nor what only compilers read' {
        Get-ChildItem $installed -Recurse -Include *.pdb, XenMigrate*.xml -Exclude *-Help.xml, *.ps1xml, PSGetModuleInfo.xml | Should -BeNullOrEmpty
    }
}
