#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# Moves between the two hosts that live in the PowerShell process. Needs no host.

BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'The embedded hosts' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
    BeforeEach {
        Connect-MigrationHost -Embedded | Out-Null
    }

    AfterEach {
        Get-MigrationHost et-virt* | Disconnect-MigrationHost
    }

    It 'are ready for a move' {
        Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 -Quiet | Should -BeTrue
    }

    It 'move a guest live' {
        $moved = Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live -MaximumDowntime 0.3
        $moved.Outcome | Should -Be Succeeded
        $moved.Iteration | Should -Not -BeNullOrEmpty
        (Get-Guest testvm1).ComputerName | Should -Be et-virt07
    }

    It 'refuse a move when a bridge is missing' {
        Set-EmbeddedHost et-virt07 -BridgeName xenbr9
        $moved = Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live -ErrorAction SilentlyContinue
        $moved.ErrorId | Should -Be BridgeMissing
    }

    It 'measure what the guest noticed' {
        $measured = Measure-GuestDowntime { Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live } testvm1
        $measured.Recovered | Should -BeTrue
        $measured.Outage.TotalSeconds | Should -BeLessThan 3
    }

    It 'are told of in a report' {
        $path = Join-Path $TestDrive 'move.html'
        Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live | Export-MigrationReport $path
        Get-Content -Raw $path | Should -Match '<svg'
    }

    It 'are emptied by a plan that was kept as JSON' {
        $kept = Get-Guest -ComputerName et-virt08 | New-MigrationPlan -Destination et-virt07 -Live | ConvertTo-Json -Depth 5
        $moved = $kept | ConvertFrom-Json | Move-Guest -Force
        $moved.Outcome | Should -Be @('Succeeded', 'Succeeded')
    }

    It 'are emptied for their maintenance and filled again' {
        $options = @{ OfflineFallback = 'Always'; LogPath = $TestDrive; Confirm = $false }
        (Suspend-MigrationHost et-virt08 -Drain -Destination et-virt07 @options).Outcome | Should -Be @('Succeeded', 'Succeeded')
        Get-Guest -ComputerName et-virt08 | Should -BeNullOrEmpty
        (Resume-MigrationHost et-virt08 -Failback @options).Outcome | Should -Be @('Succeeded', 'Succeeded')
        Get-Guest -ComputerName et-virt07 | Should -BeNullOrEmpty
    }
}
