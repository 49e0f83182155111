#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# The whole way, as a user goes it, between the two hosts that live in the PowerShell process.

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    $there = @{ Name = 'testvm1'; ComputerName = 'et-virt08'; Destination = 'et-virt07'; Live = $true }
    $atFirst = 'testvm1@et-virt08', 'testvm2@et-virt08'

    # What is not as it should be: XM-REL-05 Warning.
    function Get-Doubt {
        Test-MigrationEnvironment @args | Where-Object Status -notin Passed, Skipped | ForEach-Object { "$($_.Id) $($_.Status)" }
    }
}

Describe 'The embedded hosts' {
    BeforeEach {
        Reset-EmbeddedPair
    }

    It 'are two, with xend and two guests' {
        Get-MigrationHost | ForEach-Object { "$($_.ComputerName) $($_.State) $($_.Toolstack)" } |
            Should -Be 'et-virt07 Connected Xend', 'et-virt08 Connected Xend'
        Get-Place | Should -Be $atFirst
    }

    It 'stay the same when they are connected again, and begin anew after both sessions ended' {
        $null = Move-Guest @there
        Connect-MigrationHost -Embedded | Should -HaveCount 2
        Get-Place | Should -Be 'testvm1@et-virt07', 'testvm2@et-virt08'

        Disconnect-MigrationHost et-virt07
        Get-Place | Should -Be 'testvm2@et-virt08'
        Disconnect-MigrationHost et-virt08
        $null = Connect-MigrationHost -Embedded
        Get-Place | Should -Be $atFirst
    }

    It 'are ready in both directions' {
        # The chapter lets every host send guests, and exports its storage with async.
        Get-Doubt et-virt08 et-virt07 -Name testvm1, testvm2 | Should -Be 'XM-REL-05 Warning', 'XM-STO-06 Warning', 'XM-STO-06 Warning'
        Get-Doubt et-virt07 et-virt08 | Should -Be 'XM-REL-05 Warning'
    }

    It 'are not said to be ready for guests that a pipeline did not bring' {
        Test-MigrationEnvironment et-virt08 et-virt07 -Quiet | Should -BeTrue
        Get-Guest nobody* | Test-MigrationEnvironment et-virt08 et-virt07 -Quiet | Should -BeFalse
    }

    It 'move a guest live, there and back' {
        $moves = @(Move-Guest @there
            Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live -MaximumDowntime 0.3)
        foreach ($move in $moves) {
            "$($move.Outcome) $($move.Mode) $($move.DowntimeBasis)" | Should -Be 'Succeeded Live Transfer'
            $move.Downtime.TotalSeconds | Should -BeGreaterThan 0
            $move.Downtime.TotalSeconds | Should -BeLessThan 3
            $move.PredictedDowntime | Should -Not -BeNullOrEmpty
            $move.HeartbeatGap | Should -Not -BeNullOrEmpty
            $move.Iteration | Should -Not -BeNullOrEmpty
        }

        Get-Place | Should -Be $atFirst
    }

    It 'leave no journal behind, though moves and drains can be looked at as long as they run' {
        $own = Join-Path ([Environment]::GetFolderPath('LocalApplicationData')) XenMigrate/journal
        $before = @(Get-ChildItem $own -Recurse -File -ErrorAction Ignore)
        $moved = @(Move-Guest @there
            Suspend-MigrationHost et-virt08 -Drain -Destination et-virt07 -Force)
        $journals = $moved.LogPath
        $journals | Should -HaveCount 2
        $journals | Should -Exist
        (Get-GuestMigration -Name testvm1)[0].LogPath | Should -Be $journals[0]
        ($moved[0] | Get-GuestMigration).State | Should -Be Finished
        (Get-MigrationHost et-virt08).Drained | Should -BeTrue
        $back = Resume-MigrationHost et-virt08 -Failback -Force
        $back.Outcome | Should -Be Succeeded

        Get-MigrationHost | Disconnect-MigrationHost
        $journals | Should -Not -Exist
        Split-Path $journals[0] | Should -Not -Exist
        @(Get-ChildItem $own -Recurse -File -ErrorAction Ignore).Count | Should -Be $before.Count
        Get-GuestMigration -Name testvm1* | Where-Object LogPath -in $journals | Should -BeNullOrEmpty
    }

    It 'leave no journal of a move in a parallel block' {
        $pair = Get-MigrationHost et-virt*
        $moved = Get-Guest testvm1 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            $_ | Move-Guest -Destination ($using:pair | Where-Object ComputerName -ne $_.ComputerName) -Live
        }
        $moved.LogPath | Should -BeLike (Join-Path ([IO.Path]::GetTempPath()) '*')
    }

    It 'move a guest offline' {
        $moved = Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Confirm:$false
        "$($moved.Outcome) $($moved.Mode) $($moved.ComputerName)" | Should -Be 'Succeeded Offline et-virt07'
    }

    It 'refuse a move when a bridge is missing, say which, and move when it is mended' {
        Set-EmbeddedHost et-virt07 -BridgeName xenbr9
        $written = Get-Written { Move-Guest @there }
        $written.ErrorId | Should -Be PreflightFailed
        "$($written.Output.Outcome) $($written.Output.ErrorId)" | Should -Be 'Refused BridgeMissing'
        $written.Output.Message | Should -Match xenbr1
        Get-Place | Should -Be $atFirst

        Get-MigrationHost | Set-EmbeddedHost -Reset
        (Move-Guest @there).Outcome | Should -Be Succeeded
    }

    It 'refuse a move before anything is touched: <ErrorId> of <HostName>' -ForEach @(
        @{ HostName = 'et-virt07'; Fault = @{ Relocation = 'Off' }; ErrorId = 'RelocationDisabled' }
        @{ HostName = 'et-virt07'; Fault = @{ HostsAllow = '^nobody$' }; ErrorId = 'RelocationDenied' }
        @{ HostName = 'et-virt07'; Fault = @{ UnmountStorage = $true }; ErrorId = 'DiskMissing' }
        @{ HostName = 'et-virt07'; Fault = @{ FreeMemoryMB = 64 }; ErrorId = 'InsufficientMemory' }
        @{ HostName = 'et-virt07'; Fault = @{ StorageReadOnly = $true }; ErrorId = 'DiskNotWritable' }
        @{ HostName = 'et-virt07'; Fault = @{ Processor = 'OldXeon' }; ErrorId = 'PreflightFailed' }
        @{ HostName = 'et-virt07'; Fault = @{ XenVersion = '3.0.3' }; ErrorId = 'NotSupportedByToolstack' }
        @{ HostName = 'et-virt08'; Fault = @{ WithholdSuspend = $true }; ErrorId = 'GuestNotSuspendable' }
        @{ HostName = 'et-virt07'; Fault = @{ RejectPort = 8002 }; ErrorId = 'PortUnreachable' }
        @{ HostName = 'et-virt07'; Fault = @{ BlockPort = 8002 }; ErrorId = 'PortUnreachable' }
    ) {
        Set-EmbeddedHost $HostName @Fault
        $result = (Get-Written { Move-Guest @there }).Output
        "$($result.Outcome) $($result.ErrorId)" | Should -Be "Refused $ErrorId"
    }

    It 'warn of what only advises: <Id>' -ForEach @(
        @{ Id = 'XM-NET-02'; Fault = @{ BridgeMtu = 9000 } }
        @{ Id = 'XM-NET-03'; Fault = @{ ForwardDelay = 15 } }
        @{ Id = 'XM-TIM-02'; Fault = @{ TimeServer = 'Off' } }
        @{ Id = 'XM-TIM-03'; Fault = @{ Uptime = 60 } }
        @{ Id = 'XM-CPU-03'; Fault = @{ Processor = 'FastXeon' } }
    ) {
        Set-EmbeddedHost et-virt07 @Fault
        Get-Doubt et-virt08 et-virt07 -Name testvm1 | Should -Contain "$Id Warning"
    }

    It 'are judged by the options that et-virt07 exports with' {
        Set-EmbeddedHost et-virt07 -ExportOption rw, sync, no_root_squash
        (Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 -Check XM-STO-06).Status | Should -Be Passed
        "$((Get-Written { Set-EmbeddedHost et-virt08 -ExportOption rw }).Error)" | Should -Match 'exports nothing'
    }

    It 'take guests only of those who are named' {
        $name = @{ Exact = $true; Restart = $true; Confirm = $false }
        Enable-Relocation et-virt07 10.0.0.9 @name
        (Get-Written { Move-Guest @there }).Output.ErrorId | Should -Be RelocationDenied
        Enable-Relocation et-virt07 10.0.0.8 @name
        (Move-Guest @there).Outcome | Should -Be Succeeded
    }

    It 'give a guest up that is too busy, or finish it offline, as asked' {
        # No pause is as short as that.
        $busy = @{ Name = 'testvm2'; ComputerName = 'et-virt08'; Destination = 'et-virt07'; Live = $true; MaximumDowntime = 0.001 }
        $never = Get-Written { Move-Guest @busy -OfflineFallback Never }
        $never.ErrorId | Should -Be MigrationNotConverging
        "$($never.Output.Outcome) $($never.Output.ComputerName)" | Should -Be 'Aborted et-virt08'

        $always = Move-Guest @busy -OfflineFallback Always
        "$($always.Outcome) $($always.Mode)" | Should -Be 'Succeeded LiveThenOffline'
    }

    It 'do not move a guest where a wish can not be met: <Name>' -ForEach @(
        @{ Name = 'bandwidth of an offline move'; Wish = @{ Bandwidth = 64MB; Live = $false }; Says = '-Live' }
        @{ Name = 'no time'; Wish = @{ Timeout = 0 }; Says = '-Timeout' }
        @{ Name = 'less than no time'; Wish = @{ Timeout = -5 }; Says = '-Timeout' }
    ) {
        $move = $there.Clone()
        $Wish.Keys | ForEach-Object { $move[$_] = $Wish.$_ }
        $written = Get-Written { Move-Guest @move }
        $written.Error | Should -HaveCount 1
        "$($written.Error)" | Should -Match $Says
        Get-Place | Should -Be $atFirst
    }

    It 'lose no guest of xend whose checks were left out, unless that is agreed to once more' {
        Set-EmbeddedHost et-virt07 -BridgeName xenbr9
        $written = Get-Written { Move-Guest @there -SkipCheck XM-NET-01 }
        $written.ErrorId | Should -Be GuestLossNotAgreed
        $written.Error[0].Exception.Message | Should -BeLike '*gone on both hosts*XM-NET-01*xenbr1*'
        Get-Place | Should -Be $atFirst
    }

    It 'stay as they are with -WhatIf' {
        Move-Guest @there -WhatIf | Should -BeNullOrEmpty
        Set-EmbeddedHost et-virt07 -BridgeName xenbr9 -WhatIf | Should -BeNullOrEmpty
        Get-Place | Should -Be $atFirst
        (Move-Guest @there).Outcome | Should -Be Succeeded
    }

    It 'pause a guest, and let it go on' {
        Suspend-Guest testvm1 -ComputerName et-virt08 | Should -BeNullOrEmpty
        (Get-Guest testvm1).State | Should -Be Paused
        (Get-Guest testvm1 | Resume-Guest -PassThru).State | Should -BeIn Running, Blocked
    }

    It 'save a guest, and restore it' {
        Save-Guest testvm1 /var/lib/xen/save/testvm1 -ComputerName et-virt08
        Get-Place | Should -Be testvm2@et-virt08
        Restore-Guest /var/lib/xen/save/testvm1 et-virt08
        Get-Place | Should -Be $atFirst
    }

    It 'save no guest where none could have a file: <Path>' -ForEach @(
        @{ Name = 'testvm1'; Path = '/var/lib/xen/save'; Advice = '/var/lib/xen/save/\{Name\}\.save$' }
        @{ Name = 'testvm*'; Path = '/var/lib/xen/save/x.sav'; Advice = '\{Name\}' }
    ) {
        $written = Get-Written { Get-Guest $Name | Save-Guest -RemotePath $Path -Force -ErrorAction Stop }
        $written.ErrorId | Should -Be RemotePathInvalid
        $written.Error[0].ErrorDetails.RecommendedAction | Should -Match $Advice
        Get-Place | Should -Be $atFirst
    }

    It 'measure the only guest that a pattern fits, and no other' {
        (Measure-GuestDowntime { 1 } *vm2).Name | Should -Be testvm2
        "$((Get-Written { Measure-GuestDowntime { 1 } testvm* }).Error)" | Should -Match 'testvm1, testvm2'
    }

    It 'measure what the guest noticed' {
        $measured = Measure-GuestDowntime { Move-Guest @there } testvm1
        "$($measured.Name) $($measured.Basis) $($measured.Recovered)" | Should -Be 'testvm1 Console True'
        $measured.Outage.TotalSeconds | Should -BeLessThan 3
        $measured.Output | Should -HaveCount 1
    }

    It 'are the only hosts that can be broken' {
        (Get-Written { Set-EmbeddedHost xen1 -CutLink }).ErrorId | Should -Be NotSupportedByToolstack
    }
}

Describe 'A report' {
    BeforeEach {
        Reset-EmbeddedPair
    }

    It 'on several destinations is a table with the best first, and says why not the others' {
        $text = Show-Text { Test-MigrationEnvironment et-virt08 et-virt08, et-virt07 -Name testvm1 }
        $text | Should -Match 'Source: et-virt08'
        $text | Should -Match '(?s)testvm1 +et-virt07 +True.+testvm1 +et-virt08 +False'
        $text | Should -Match 'XM-CON-01'
    }

    It 'moves its guest to the first destination that takes it' {
        $moved = Test-MigrationEnvironment et-virt08 et-virt08, et-virt07 -Name testvm1 | Move-Guest -Live
        "$($moved.Outcome) $($moved.ComputerName)" | Should -Be 'Succeeded et-virt07'
    }

    It 'is kept, written to a file, and moved by' {
        $report = Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1, testvm2 -Bidirectional -AsReport
        $html = Join-Path $TestDrive report.html
        $report | Export-MigrationReport $html
        Get-Content -Raw $html | Should -Match 'Nothing speaks against moving testvm1, testvm2\.'
        Get-Content -Raw $html | Should -Match '<h2>Destinations</h2>'
        ($report | Where-Object Guest | Move-Guest -Live -Force).Outcome | Should -Be Succeeded, Succeeded
        Get-Place | Should -Be 'testvm1@et-virt07', 'testvm2@et-virt07'
    }

    It 'that says no is refused at once while it is fresh' {
        Set-EmbeddedHost et-virt07 -BridgeName xenbr9
        $report = Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 -AsReport
        Set-EmbeddedHost et-virt07 -Reset
        $written = Get-Written { Move-Guest -CompatibilityReport $report -Live }
        $written.ErrorId | Should -Be PreflightFailed
        "$($written.Output.Outcome) $($written.Output.ErrorId)" | Should -Be 'Refused BridgeMissing'
        Get-Place | Should -Be $atFirst
    }

    It 'that left a check out does not spare the move that check: <_>' -ForEach '-ExcludeCheck', '-Category' {
        $choice = if ($_ -eq '-Category') { @{ Category = 'Connection', 'Memory' } } else { @{ ExcludeCheck = 'XM-NET-01' } }
        Set-EmbeddedHost et-virt07 -BridgeName xenbr9
        $report = Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 -AsReport @choice
        $report.IsReady | Should -BeTrue
        (Get-Written { $report | Move-Guest -Live }).Output.ErrorId | Should -Be BridgeMissing
    }

    It 'without -Live is not moved by as only a live move can: <Name>' -ForEach @(
        @{ Name = '-Bandwidth'; Wish = @{ Bandwidth = 64MB } }
        @{ Name = '-Transport'; Wish = @{ Transport = 'Ssh' } }
    ) {
        $report = Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 -AsReport
        "$((Get-Written { $report | Move-Guest @wish }).Error)" | Should -Match 'only works? with -Live'
        Get-Place | Should -Be $atFirst
    }

    It 'is written of moves and of checks' {
        $file = { param($name) Join-Path $TestDrive $name }
        Move-Guest @there | Export-MigrationReport (& $file move.html)
        Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live | Export-MigrationReport (& $file move.json)
        Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 | Export-MigrationReport (& $file checks.html)
        Get-Content -Raw (& $file move.html) | Should -Match '<svg'
        Get-Content -Raw (& $file checks.html) | Should -Match 'Nothing speaks against moving testvm1\.'
        (Get-Content -Raw (& $file move.json) | ConvertFrom-Json).moves[0].iterations | Should -Not -BeNullOrEmpty
    }
}
