#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# Several guests at once, between the embedded hosts.

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    # The order, guest, operation and host of each line that -WhatIf says.
    function Get-Told([scriptblock] $Block) {
        (Get-Said $Block) -split '\r?\n' -like 'What if*'
    }
}

Describe 'Several guests' {
    BeforeEach {
        Reset-EmbeddedPair
        $log = @{ LogPath = Join-Path $TestDrive (Get-Random) }
        $there = @{ Destination = 'et-virt07'; Live = $true; OfflineFallback = 'Always' } + $log
    }

    It 'leave a host two at a time, in one batch' {
        Set-EmbeddedHost et-virt08 -LinkBandwidth 96MB
        (Get-Guest -ComputerName et-virt08 | Move-Guest @there).Outcome | Should -Be 'Succeeded', 'Succeeded'
        Get-Place | Should -Be 'testvm1@et-virt07', 'testvm2@et-virt07'
        $one, $two = Get-GuestMigration @log -State Finished
        $one.BeganAt | Should -BeLessThan $two.EndedAt
        $two.BeganAt | Should -BeLessThan $one.EndedAt
        $one.Batch | Should -Be $two.Batch
    }

    It 'go to the other host of several: <_>' -ForEach 'et-*', 'et-virt07,et-virt08' {
        $result = Move-Guest testvm1 -Destination ($_ -split ',') -Live @log
        "$($result.Outcome) $($result.ComputerName)" | Should -Be 'Succeeded et-virt07'
    }

    It 'stay where they are to go, which is no error' {
        $null = Move-Guest testvm1 @there
        $moved = Get-Guest | Move-Guest @there -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue
        $moved.Name | Should -Be testvm2
        $warnings | Should -Be 'testvm1 is on et-virt07 already.'
        Move-Guest testvm1 @there -ErrorAction Stop 3>&1 | Should -Be 'testvm1 is on et-virt07 already.'
        Move-Guest test* @there -ErrorAction Stop 3>&1 | Should -BeNullOrEmpty
    }

    It 'go in the order asked for, one at a time' {
        ('testvm2', 'testvm1' | Move-Guest @there -ThrottleLimit 1).Name | Should -Be 'testvm2', 'testvm1'
        $back = @{ ComputerName = 'et-virt07'; Destination = 'et-virt08'; Live = $true; OfflineFallback = 'Always' } + $log
        ('testvm2', 'testvm1' | Move-Guest @back -ThrottleLimit 1 -Sort Name).Name | Should -Be 'testvm1', 'testvm2'
        $moves = Get-GuestMigration @log
        $moves | Should -HaveCount 4
        $moves[0].BeganAt | Should -BeGreaterOrEqual $moves[1].EndedAt
    }

    It 'stay where there is room for one only' {
        Set-EmbeddedHost et-virt07 -FreeMemoryMB ((Get-Guest testvm1).MemoryMB + 8)
        $written = Get-Written { Get-Guest -ComputerName et-virt08 | Move-Guest @there }
        $written.ErrorId | Should -Be PreflightFailed
        $written.Output.Outcome | Sort-Object { "$_" } | Should -Be 'Refused', 'Succeeded'
        Get-Guest -ComputerName et-virt07 | Should -HaveCount 1
        Get-ChildItem $log.LogPath | Should -HaveCount 1
    }

    It 'are told their order, destinations and times by earlier moves, with -WhatIf: -Sort <Sort>' -ForEach @(
        @{ Sort = 'Name'; Moves = 'testvm1 et-virt07', 'testvm2 et-virt08' }
        @{ Sort = 'None'; Moves = 'testvm2 et-virt08', 'testvm1 et-virt07' }
    ) {
        $null = Move-Guest testvm2 @there
        $either = $there.Clone()
        $either.Destination = 'et-virt07', 'et-virt08'
        $move = { (Get-Guest testvm2), (Get-Guest testvm1) | Move-Guest @either -ThrottleLimit 1 -Sort $Sort @args }

        $pattern = 'operation "(\d)\. Live-migrate to (\S+); time: about [0-9.]+ m?s, for \d+ MiB at the [0-9.]+ [MG]iB/s ' +
            'of the last move between these hosts; pause: 3 s at most, longer for a guest that is too busy" on target "(\w+) '
        $told = Get-Told { & $move -WhatIf } | ForEach-Object { if ($_ -match $pattern) { '{0} {2} {1}' -f $Matches[1..3] } }
        $told | Should -Be "1 $($Moves[0])", "2 $($Moves[1])"
        & $move | ForEach-Object { "$($_.Name) $($_.Destination) $($_.Outcome)" } | Should -Be ($Moves | ForEach-Object { "$_ Succeeded" })
    }

    It 'stay with -WhatIf, and no journal is written' {
        Get-Guest -ComputerName et-virt08 | Move-Guest @there -WhatIf | Should -BeNullOrEmpty
        Test-Path $log.LogPath | Should -BeFalse
        Get-Guest -ComputerName et-virt08 | Should -HaveCount 2
    }

    It 'do what -WhatIf told, and who has no room is told too' {
        Set-EmbeddedHost et-virt07 -FreeMemoryMB ((Get-Guest testvm1).MemoryMB + 8)
        $move = { Get-Guest -ComputerName et-virt08 | Move-Guest @there -Bandwidth 2GB -ThrottleLimit 1 -Sort MemoryDescending @args }

        $told = @(Get-Told { & $move -WhatIf })
        $told | Should -HaveCount 2
        $told[0] | Should -Match 'operation "1\. Live-migrate to et-virt07; time: [0-9.]+ m?s at least, for 256 MiB at 2 GiB/s; pause: 3 s at most, longer for a guest that is too busy" on target "testvm1 \(256 MiB\) on et-virt08"\.'
        $told[1] | Should -Match 'operation "2\. Refuse to move to et-virt07: after those before it \d+ MiB are free there, and it needs 257" on target "testvm2'
        (Get-Written $move).Output | ForEach-Object { "$($_.Name) $($_.Destination) $($_.Outcome)" } |
            Should -Be 'testvm1 et-virt07 Succeeded', 'testvm2 et-virt07 Refused'
    }

    It 'have clocks as far apart as is tolerated' {
        Set-EmbeddedHost et-virt07 -ClockOffset 10
        $near = Move-Guest testvm1 @there
        $far = Move-Guest testvm1 -Destination et-virt08 -Live -ClockTolerance 20 @log
        ($near.Check | Where-Object Id -eq XM-TIM-01).Status | Should -Be Warning
        ($far.Check | Where-Object Id -eq XM-TIM-01).Status | Should -Be Passed
        $near.Outcome, $far.Outcome | Should -Be Succeeded, Succeeded
    }

    It 'leave a host no more at a time than its limit' {
        $null = Get-Guest | Move-Guest @there -ThrottleLimit 4 -HostLimit 1
        $late, $early = Get-GuestMigration @log -State Finished
        $late.BeganAt | Should -BeGreaterOrEqual $early.EndedAt
    }

    It 'each lead from their result to their journal' {
        $journal = Move-Guest testvm1 @there | Get-GuestMigration
        "$($journal.State) $($journal.Outcome) $($journal.ComputerName)" | Should -Be 'Finished Succeeded et-virt07'
    }
}
