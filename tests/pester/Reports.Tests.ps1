#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# The files that Export-MigrationReport writes. Needs no host.

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    $properties = 'PSPath', 'PSParentPath', 'PSChildName', 'PSDrive', 'PSProvider', 'Mode', 'Size', 'User', 'UnixMode'
    function Get-Decoration($Item) {
        $Item | Select-Object $properties | ConvertTo-Json -Depth 1 -WarningAction Ignore
    }

    $report = [XenMigrate.MigrationReport]::new()
    $report.GetType().GetProperty('Source').SetValue($report, 'xen1')
}

Describe 'The file that Export-MigrationReport returns' {
    It 'is what Get-Item returns: <_>' -ForEach 'move.html', 'move [1] of 2.json', 'move`[2.xml' {
        Push-Location $TestDrive
        try {
            $file = $report | Export-MigrationReport $_ -PassThru
            $file | Should -BeOfType System.IO.FileInfo
            Get-Decoration $file | Should -Be (Get-Decoration (Get-Item -LiteralPath $_))
            $file | Get-Content -Raw | Should -Match 'xen1'
        }
        finally {
            Pop-Location
        }
    }

    It 'is told of with -WhatIf, by what it would hold' {
        $check = [XenMigrate.CheckResult]::new()
        Get-Said { $check, $check | Export-MigrationReport "$TestDrive/what-if.json" -WhatIf } | Should -Match 'Write a report of 2 checks, as Json'
        "$TestDrive/what-if.json" | Should -Not -Exist
    }

    It 'is on the drive that was named' {
        $null = New-PSDrive reports FileSystem $TestDrive
        try {
            $file = $report | Export-MigrationReport reports:/on-a-drive.html -PassThru
            "$($file.PSDrive)" | Should -Be reports
            Get-Decoration $file | Should -Be (Get-Decoration (Get-Item reports:/on-a-drive.html))
        }
        finally {
            Remove-PSDrive reports
        }
    }

    It 'is shown with the columns of any file' {
        $file = $report | Export-MigrationReport (Join-Path $TestDrive shown.html) -PassThru
        ($file | Out-String) -replace '\s+', ' ' | Should -Be ((Get-Item (Join-Path $TestDrive shown.html) | Out-String) -replace '\s+', ' ')
    }
}
