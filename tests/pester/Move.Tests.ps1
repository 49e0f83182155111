#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# Moves a guest there and back between the hosts that common.ps1 tells of: the embedded pair, or any.

BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Moving <Guest> from <Source> to <Destination> and back' -ForEach $hosts {
    BeforeAll {
        if ($embedded) {
            Reset-EmbeddedPair
        }
        else {
            $null = Connect-MigrationHost @Connect
        }

        $uuid = (Get-Guest $guest -ComputerName $source).Uuid

        # The names of all guests of a host with their ids: what -WhatIf must not change.
        function Get-Inventory([string] $ComputerName) {
            (Get-Guest -ComputerName $ComputerName | ForEach-Object { "$($_.Name)=$($_.Id)" }) -join ' '
        }
    }

    AfterAll {
        # Whatever failed, the guest goes home.
        if (Get-Guest $guest -ComputerName $destination -ErrorAction Ignore) {
            $null = Move-Guest $guest -ComputerName $destination -Destination $source -Live -ErrorAction Continue
        }

        Disconnect-MigrationHost $source, $destination
    }

    Context 'Before anything moves' {
        It 'finds the guest running at the source' {
            (Get-Guest $guest -ComputerName $source).State | Should -BeIn 'Running', 'Blocked'
        }

        It 'touches nothing with -WhatIf' {
            $before = (Get-Inventory $source), (Get-Inventory $destination)
            Move-Guest $guest -ComputerName $source -Destination $destination -Live -WhatIf | Should -BeNullOrEmpty
            (Get-Inventory $source), (Get-Inventory $destination) | Should -Be $before
        }

        It 'refuses a move to the same host, and touches nothing' {
            $result = Move-Guest $guest -ComputerName $source -Destination $source -Live `
                -ErrorAction SilentlyContinue -ErrorVariable failed
            $result.Outcome | Should -Be 'Refused'
            $result.ErrorId | Should -Be 'SameHost'
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'PreflightFailed,*'
            $failed[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
            $failed[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }

        It 'says that a guest is not there, and goes on with the next' {
            $null = 'no-such-guest', $guest | Move-Guest -ComputerName $source -Destination $destination -Live -WhatIf `
                -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed | Should -HaveCount 1
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'GuestNotFound,*'
            $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        }

        It 'stops at the first error if it is told to' {
            { Move-Guest no-such-guest -ComputerName $source -Destination $destination -ErrorAction Stop } |
                Should -Throw -ErrorId 'GuestNotFound,XenMigrate.MoveGuestCommand'
        }

        It 'finds nothing by a pattern, which is no error' {
            Move-Guest no-such-* -ComputerName $source -Destination $destination -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'does not know of Domain-0' {
            { Move-Guest Domain-0 -ComputerName $source -Destination $destination -ErrorAction Stop } |
                Should -Throw -ErrorId 'GuestNotFound,XenMigrate.MoveGuestCommand'
        }
    }

    Context 'There and back' {
        It 'moves there, given as an object' {
            $result = Get-Guest $guest -ComputerName $source | Move-Guest -Destination $destination -Live
            $result.Outcome | Should -Be 'Succeeded' -Because $result.Message
            $result.ComputerName | Should -Be $destination
            $result.Mode | Should -Be 'Live'
            $result.ErrorId | Should -BeNullOrEmpty
        }

        It 'runs there, as the same guest, and only there' {
            $moved = Get-Guest $guest -ComputerName $destination
            $moved.State | Should -BeIn 'Running', 'Blocked'
            $moved.Uuid | Should -Be $uuid
            Get-Guest "$guest*" -ComputerName $source | Where-Object Name -match "^$([regex]::Escape($guest))(--|$)" |
                Should -BeNullOrEmpty
        }

        It 'moves back, given by name and property' {
            $row = [pscustomobject]@{ Name = $guest; ComputerName = $destination }
            $there = $row | Move-Guest -Destination $source -Live -PassThru
            $there.ComputerName | Should -Be $source
            $there.Name | Should -Be $guest
        }
    }
}
