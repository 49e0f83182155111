#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# What is wrong is mended: the environment behind Test-MigrationEnvironment, and moves that left a guest in two places.

BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Repair-MigrationEnvironment' {
    BeforeEach {
        Reset-EmbeddedPair
    }

    It 'mends what was found, and finds it well: <Id>' -ForEach @(
        @{ Id = 'XM-REL-01'; Fault = @{ Relocation = 'Off' } }
        @{ Id = 'XM-REL-04'; Fault = @{ HostsAllow = '^nobody$' } }
    ) {
        Set-EmbeddedHost et-virt07 @Fault
        $result = Test-MigrationEnvironment et-virt08 et-virt07 | Repair-MigrationEnvironment -Confirm:$false
        "$($result.Id) $($result.Outcome) $($result.Status)" | Should -Be "$Id Repaired Passed"
        Test-MigrationEnvironment et-virt08 et-virt07 -Quiet | Should -BeTrue
    }

    It 'passes over what passed' {
        Test-MigrationEnvironment et-virt08 et-virt07 | Repair-MigrationEnvironment -Confirm:$false | Should -BeNullOrEmpty
    }

    It 'tells of what it does not mend, with its remedy' {
        Set-EmbeddedHost et-virt07 -UnmountStorage -Relocation Off
        $results = Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 | Repair-MigrationEnvironment -Confirm:$false
        ($results | Where-Object Id -eq XM-REL-01).Outcome | Should -Be Repaired
        $disk = $results | Where-Object Id -eq XM-STO-01
        "$($disk.Outcome) $($disk.Status)" | Should -Be 'Left Failed'
        $disk.Remediation | Should -Match et-virt07
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        Set-EmbeddedHost et-virt07 -Relocation Off
        Get-Said { Test-MigrationEnvironment et-virt08 et-virt07 | Repair-MigrationEnvironment -WhatIf } |
            Should -Match '(?s)What if.+service xend restart'
        Test-MigrationEnvironment et-virt08 et-virt07 -Quiet | Should -BeFalse
    }

    It 'looks again first at a result of another day' {
        Set-EmbeddedHost et-virt07 -Relocation Off
        $old = Test-MigrationEnvironment et-virt08 et-virt07
        Set-EmbeddedHost et-virt07 -Reset
        $result = Repair-MigrationEnvironment $old -Confirm:$false
        "$($result.Id) $($result.Outcome)" | Should -Be 'XM-REL-01 Repaired'
        $result.Action | Should -BeNullOrEmpty
    }
}

Describe 'Repair-GuestMigration' {
    BeforeEach {
        Reset-EmbeddedPair
        $log = @{ LogPath = Join-Path $TestDrive (Get-Random) }
        $byName = @{ Name = 'testvm1'; ComputerName = 'et-virt08'; Destination = 'et-virt07'; Timeout = 1 } + $log
    }

    It 'has nothing to do about a move that ended well' {
        Move-Guest testvm1 -Destination et-virt07 -Live @log | Repair-GuestMigration -Confirm:$false |
            ForEach-Object ToString | Should -Be 'testvm1: NothingToDo, runs at et-virt07'
    }

    It 'says of a copy out of a file what to give in its place: <_>' -ForEach 'Repair-GuestMigration', 'Undo-GuestMigration' {
        $result = Move-Guest testvm1 -Destination et-virt07 -Live @log
        foreach ($object in $result, ($result | Get-GuestMigration)) {
            $object | Export-Clixml "$TestDrive/move.xml"
            $name = $_
            { Import-Clixml "$TestDrive/move.xml" | & $name -WhatIf -ErrorAction Stop } |
                Should -Throw "*copy of a $($object.GetType().Name)*Get-GuestMigration*LogPath*"
        }
    }

    It 'has nothing to do about one that ended well before another' {
        $null = Move-Guest testvm1 -Destination et-virt07 -Live @log
        $null = Move-Guest testvm1 -Destination et-virt08 -Live @log
        $repairs = Get-GuestMigration @log | Repair-GuestMigration -Confirm:$false
        $repairs.Outcome | Should -Be NothingToDo, NothingToDo
        @($repairs.Left).Where{ $_ } | Should -BeNullOrEmpty
    }

    It 'shows a copy that a move left, and then destroys it' {
        # Both hosts have the guest, as after a move whose last word got lost. Where Restore-Guest knows of the other
        # host, it makes no second copy.
        $image = '/var/lib/libvirt/images/testvm1.save'
        Save-Guest testvm1 $image -KeepRunning
        Disconnect-MigrationHost et-virt08
        Restore-Guest $image et-virt07 -Paused -Force
        $null = Connect-MigrationHost -Embedded

        Get-Said { Repair-GuestMigration @byName -WhatIf } | Should -Match '(?s)What if.+xm destroy'
        $written = Repair-GuestMigration @byName -Confirm:$false -Verbose 4>&1
        $written | Out-String -Width 200 | Should -Match 'testvm1: et-virt07 has testvm1 \(id \d+, Paused\)'
        $result = $written | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }
        Show-Text { $result } | Should -Match 'testvm1 +Settled +et-virt08 +Found: et-virt08 has testvm1'
        Get-Guest -ComputerName et-virt07 | Should -BeNullOrEmpty
        Repair-GuestMigration @byName -Confirm:$false | ForEach-Object ToString | Should -Be 'testvm1: NothingToDo, runs at et-virt08'
    }

    It 'has hosts to ask: what they hold of a guest that was moved' {
        $null = Move-Guest testvm1 -Destination et-virt07 -Live @log
        $move = Get-GuestMigration -ComputerName et-virt07, et-virt08 @log
        $move.State | Should -Be Finished
        $move.Found -replace ' \(.*' | Should -Be 'et-virt07 has testvm1', 'et-virt08 has nothing of it'
    }
}
