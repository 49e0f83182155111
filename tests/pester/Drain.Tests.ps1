#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# An embedded host is emptied and filled again, and single moves are undone.

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    function Clear-Host08 {
        Suspend-MigrationHost et-virt08 -Drain -Destination et-virt07 -OfflineFallback Always @log -Confirm:$false @args
    }

    function Restore-Host08 {
        Resume-MigrationHost et-virt08 -Failback -OfflineFallback Always @log -Confirm:$false
    }

    function Get-Moved($Results) {
        $Results | ForEach-Object { "$($_.Name) $($_.Destination) $($_.Outcome)" }
    }
}

Describe 'A host' {
    BeforeEach {
        Reset-EmbeddedPair
        $log = @{ LogPath = Join-Path $TestDrive (Get-Random) }
    }

    It 'gets exactly those guests back that left it' {
        $null = Move-Guest testvm1 -Destination et-virt07 -Live @log
        Get-Moved (Clear-Host08) | Should -Be 'testvm2 et-virt07 Succeeded'
        Get-Place | Should -Be 'testvm1@et-virt07', 'testvm2@et-virt07'
        Get-Moved (Restore-Host08) | Should -Be 'testvm2 et-virt08 Succeeded'
        Get-Place | Should -Be 'testvm1@et-virt07', 'testvm2@et-virt08'
        (Get-Written { Restore-Host08 }).ErrorId | Should -Be DrainNotFound
    }

    It 'is emptied without the word -Drain, and not with its opposite' {
        $null = Move-Guest testvm1 -Destination et-virt07 -Live @log
        { Suspend-MigrationHost et-virt08 et-virt07 -Drain:$false @log } | Should -Throw '*nothing to do*'
        Get-Said { Suspend-MigrationHost et-virt08 et-virt07 @log -WhatIf } | Should -Match 'testvm2'
        (Get-Command Suspend-MigrationHost).Parameters.Drain.Attributes.Mandatory | Should -Not -Contain $true
        $asked = New-Prompt N
        try {
            $null = $asked.Shell.AddScript("Move-Guest testvm1 et-virt07 -Live -LogPath $($log.LogPath)2; Suspend-MigrationHost et-virt08 et-virt07 -LogPath $($log.LogPath)2").Invoke()
            $asked.Screen.Asked[-1] | Should -Match 'Move 1 guest \('
        }
        finally {
            $asked.Runspace.Dispose()
        }
    }

    It 'is not emptied with -WhatIf, which tells of each guest' {
        Get-Said { Clear-Host08 -WhatIf } |
            Should -Match '(?s)Move 2 guests .+ mark it as drained.+1\. Live-migrate to et-virt07; .*pause.+testvm1.+2\. Live-migrate to et-virt07; .+testvm2'
        Get-Place | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'
        Test-Path $log.LogPath | Should -BeFalse
    }

    It 'is not filled with -WhatIf, which tells of the guests in the order in which they left' {
        $null = Suspend-MigrationHost et-virt08 et-virt07 -OfflineFallback Always -Sort MemoryDescending @log -Confirm:$false
        $left = (Get-Content -LiteralPath (Get-ChildItem "$($log.LogPath)/drains").FullName | ConvertFrom-Json | Where-Object kind -EQ leaving).guest
        Get-Said { Resume-MigrationHost et-virt08 -Failback -WhatIf @log } |
            Should -Match ('(?s)Bring back 2 guests .+1\. Live-migrate to et-virt08; .+{0}.+2\. Live-migrate to et-virt08; .+{1}' -f $left)
        Get-Place | Should -Be 'testvm1@et-virt07', 'testvm2@et-virt07'
    }

    It 'keeps its guests where none can leave, and the checks are told' {
        Set-EmbeddedHost et-virt07 -BridgeName xenbr9
        $written = Get-Written { Clear-Host08 -WarningVariable script:warnings -WarningAction SilentlyContinue }
        $written.ErrorId | Should -Be DrainBlocked
        "$($written.Error[0])" | Should -Match '\[XM-NET-01\]'
        @($warnings -like '*XM-NET-01*') | Should -HaveCount 2
        Test-Path $log.LogPath | Should -BeFalse
    }

    It 'is emptied of the rest by running it again, and all come back' {
        Set-EmbeddedHost et-virt07 -FreeMemoryMB ((Get-Guest testvm1).MemoryMB + 8)
        $first = Get-Written { Clear-Host08 -Force -WarningVariable script:warnings -WarningAction SilentlyContinue }
        Set-EmbeddedHost et-virt07 -Reset
        $first.ErrorId | Should -Be PreflightFailed
        $first.Output.Outcome | Sort-Object { "$_" } | Should -Be 'Refused', 'Succeeded'
        $warnings -like '*is not empty*' | Should -Not -BeNullOrEmpty

        Clear-Host08 | Should -HaveCount 1
        Get-Place | Should -Be 'testvm1@et-virt07', 'testvm2@et-virt07'
        Restore-Host08 | Should -HaveCount 2
        Get-Place | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'
    }

    It 'gets the others back, and tells who is gone' {
        $null = Clear-Host08
        Stop-Guest testvm1 -TurnOff -Force
        (Get-Written { Restore-Host08 }).ErrorId | Should -Be GuestNotFound
        Get-Guest testvm2 | ForEach-Object ComputerName | Should -Be et-virt08
        (Get-Written { Restore-Host08 }).ErrorId | Should -Be DrainNotFound
    }

    It 'that is full gets them later' {
        $null = Clear-Host08
        Set-EmbeddedHost et-virt08 -FreeMemoryMB 16
        (Get-Written { Restore-Host08 }).ErrorId | Should -Be DrainBlocked
        Set-EmbeddedHost et-virt08 -Reset
        Restore-Host08 | Should -HaveCount 2
        Get-Place | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'
    }

    It 'is listed as drained until it is filled' {
        $list = { Get-MigrationHost @log | Sort-Object ComputerName | ForEach-Object { "$($_.ComputerName) $($_.Drained)" } }
        $null = Clear-Host08
        & $list | Should -Be 'et-virt07 False', 'et-virt08 True'
        Show-Text { Get-MigrationHost et-virt08 @log } | Should -Match 'et-virt08 +Connected, drained +Xend'
        Restore-Host08 | Should -HaveCount 2
        & $list | Should -Be 'et-virt07 False', 'et-virt08 False'
    }

    It 'loses the mark and not the guests, which is warned of' {
        $null = Clear-Host08
        $null = Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live @log -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings -like '*et-virt08 was drained*' | Should -Not -BeNullOrEmpty
        Resume-MigrationHost et-virt08 @log -Confirm:$false | Should -BeNullOrEmpty
        Get-Place | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt07'
        (Get-Written { Restore-Host08 }).ErrorId | Should -Be DrainNotFound
    }

    It 'is found by a pattern, and put back without a question with -Force' {
        $null = Suspend-MigrationHost et-*8 -Drain -Destination et-* -OfflineFallback Always -Force @log
        Get-Place | Should -Be 'testvm1@et-virt07', 'testvm2@et-virt07'
        Resume-MigrationHost et-* -Force @log
        (Get-MigrationHost et-virt08 @log).Drained | Should -BeFalse
    }

    It 'is not emptied to hosts that were emptied themselves, which is said once' {
        $null = Clear-Host08
        $written = Get-Written { Suspend-MigrationHost et-virt07 -Drain -Destination et-virt08 -Force @log -WarningVariable script:warnings }
        $written.ErrorId | Should -Be DrainBlocked
        "$($written.Error)" | Should -Match 'et-virt08 was drained itself'
        $written.Output | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
    }

    It 'knows each guest whose name may stand still' {
        (Get-Written { Clear-Host08 -AllowOffline testvm1, testvm9 }).ErrorId | Should -Be GuestNotFound
        Get-Place | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'
        Suspend-MigrationHost et-virt08 -Drain -Destination et-virt07 -MaximumDowntime 0.01 -AllowOffline test* @log -Confirm:$false |
            Should -HaveCount 2
    }
}

Describe 'A move' {
    BeforeEach {
        Reset-EmbeddedPair
        $log = @{ LogPath = Join-Path $TestDrive (Get-Random) }
    }

    It 'is undone once' {
        $moved = Move-Guest testvm1 -Destination et-virt07 @log -Confirm:$false
        $moved | Undo-GuestMigration @log -Confirm:$false | ForEach-Object { "$($_.Name) $($_.Destination) $($_.Outcome) $($_.Mode)" } |
            Should -Be 'testvm1 et-virt08 Succeeded Offline'
        (Get-Written { $moved | Undo-GuestMigration }).ErrorId | Should -Be NothingToUndo
    }

    It 'is undone by its journal' {
        $null = Move-Guest testvm1 -Destination et-virt07 -Live @log
        Get-GuestMigration testvm1 @log | Undo-GuestMigration @log |
            ForEach-Object { "$($_.Name) $($_.Destination) $($_.Outcome) $($_.Mode)" } | Should -Be 'testvm1 et-virt08 Succeeded Live'
        Get-Place | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'
    }

    It 'that never was is not undone' {
        Set-EmbeddedHost et-virt07 -BridgeName xenbr9
        $refused = Move-Guest testvm1 -Destination et-virt07 -Live -ErrorAction SilentlyContinue
        (Get-Written { $refused | Undo-GuestMigration }).ErrorId | Should -Be NothingToUndo
    }
}
