#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# Guests that may go to several hosts. The embedded pair has one besides the one that they are on.

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    function New-Plan {
        Get-Guest -ComputerName et-virt08 | New-MigrationPlan -Destination et-virt08, et-virt07 -Live -Sort Name
    }
}

Describe 'A plan' {
    BeforeEach {
        Reset-EmbeddedPair
        $log = @{ LogPath = Join-Path $TestDrive (Get-Random) }
    }

    It 'need not be written: each guest goes to a destination that takes it' {
        Get-Guest -ComputerName et-virt08 | Move-Guest -Destination et-virt08, et-virt07 -Live -Force @log |
            ForEach-Object { "$($_.Name) $($_.Destination) $($_.Outcome)" } | Sort-Object |
            Should -Be 'testvm1 et-virt07 Succeeded', 'testvm2 et-virt07 Succeeded'
    }

    It 'is looked at, and carried out' {
        $plan = New-Plan
        $text = Show-Text { $plan }
        $text | Should -Match 'testvm1 +et-virt08 +et-virt07 +Live +\d+'
        $text | Should -Match 'et-virt07 \(\d+ MiB free\): 2 guests, \d+ MiB left'
        Get-Place | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'

        $moved = $plan | Move-Guest -Force -ThrottleLimit 1 @log
        $moved.Name | Should -Be 'testvm1', 'testvm2'
        $moved.Outcome | Should -Be Succeeded, Succeeded
        Get-Place | Should -Be 'testvm1@et-virt07', 'testvm2@et-virt07'
    }

    It 'says how guests get where they are wanted: <_>' -ForEach 'hashtable', 'guests', 'rows' {
        $before = Get-Guest
        $wanted = switch ($_) {
            hashtable { @{ testvm1 = 'et-virt08'; testvm2 = 'et-virt08' } }
            guests { $before }
            rows { $before | Select-Object Name, ComputerName | ConvertTo-Csv | ConvertFrom-Csv }
        }
        $null = Move-Guest testvm1 -Destination et-virt07 -Live -Force @log

        $plan = New-MigrationPlan -Placement $wanted -Live
        "$($plan.Move)" | Should -Match '^testvm1 .+ from et-virt07 to et-virt08$'
        $plan.Move.Step | Should -Be 1
        ($plan | ConvertTo-Json -Depth 5 | ConvertFrom-Json | Move-Guest -Force @log).Outcome | Should -Be Succeeded
        Get-Place | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'
        (New-MigrationPlan -Placement $wanted -Live).Move | Should -BeNullOrEmpty
    }

    It 'of a placement is refused if it makes no sense' {
        { New-MigrationPlan -Placement 17 } | Should -Throw '*-Placement takes a hashtable*'
        { New-MigrationPlan -Placement @{ testvm1 = 'et-virt07' }, @{ testvm1 = 'et-virt08' } } | Should -Throw '*testvm1 is wanted at*'
        (New-MigrationPlan -Placement @{ gone = 'et-virt07' }).Unplaced.ErrorId | Should -Be GuestNotFound
    }

    It 'and what a move left are text in a file of Export-Csv' {
        $plan = New-Plan
        ($plan | ConvertTo-Csv | ConvertFrom-Csv).Move | Should -Match 'testvm1.+; testvm2'
        $result = Move-Guest testvm1 -Destination et-virt07 -Live @log
        foreach ($object in $plan, $result, ($result | Get-GuestMigration)) {
            $object | ConvertTo-Csv | Should -Not -Match 'System\.|XenMigrate\.\S+`'
        }
    }

    It 'decides how guests move: -Live does no harm where it agrees, and is refused where it does not' {
        Get-Said { New-Plan | Move-Guest -Live -WhatIf @log } | Should -Match 'Live-migrate to et-virt07; .*testvm1'
        $offline = Get-Guest testvm1 | New-MigrationPlan -Destination et-virt07
        "$offline" | Should -Match '^1 guest to 1 host,'
        { $offline | Move-Guest -Live @log } | Should -Throw '*New-MigrationPlan -Live*'
        Get-Place | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'
    }

    It 'that was kept as <_> is changed and carried out' -ForEach 'Clixml', 'Json' {
        $file = Join-Path $TestDrive plan
        if ($_ -eq 'Clixml') {
            New-Plan | Export-Clixml $file -Depth 5
            $kept = Import-Clixml $file
        }
        else {
            New-Plan | ConvertTo-Json -Depth 5 | Set-Content $file
            $kept = Get-Content -Raw $file | ConvertFrom-Json
        }

        $kept.Move = @($kept.Move | Where-Object Name -eq testvm1)
        $kept | Move-Guest @log | ForEach-Object { "$($_.Name) $($_.Mode) $($_.Outcome)" } | Should -Be 'testvm1 Live Succeeded'
        Get-Place | Should -Be 'testvm1@et-virt07', 'testvm2@et-virt08'
    }

    It 'that can not be carried out moves nothing: <Name>' -ForEach @(
        @{ Name = 'it names an unknown host'; Change = { $plan.Move[0].Destination = 'xen9' } }
        @{ Name = 'it names a guest twice'; Change = { $plan.Move += $plan.Move[0] } }
        @{ Name = 'its host has no room'; Change = { $plan.Host[0].FreeMemoryMB = 1 } }
    ) {
        # As a person would change it: in the text of it that was kept.
        $plan = New-Plan | ConvertTo-Json -Depth 5 | ConvertFrom-Json
        $plan.Host = @($plan.Host | Where-Object ComputerName -eq et-virt07)
        . $Change
        $written = Get-Written { $plan | Move-Guest @log }
        $written.ErrorId | Should -Be PlanInvalid
        $written.Output | Should -BeNullOrEmpty
        Get-Place | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'
    }

    It 'is checked again when it is carried out' {
        $plan = New-Plan
        Set-EmbeddedHost et-virt07 -BridgeName xenbr9
        $written = Get-Written { $plan | Move-Guest @log }
        $written.ErrorId | Should -Be PreflightFailed, PreflightFailed
        $written.Output.ErrorId | Should -Be BridgeMissing, BridgeMissing
    }

    It 'tells what keeps a guest, with the check' {
        Set-EmbeddedHost et-virt07 -BridgeName xenbr9
        $plan = New-Plan
        $plan.Unplaced[0].Blocker | ForEach-Object { "$($_.Id) $($_.Destination)" } | Should -Be 'XM-NET-01 et-virt07'
        Show-Text { $plan } | Should -Match '\[XM-NET-01\]'

        $written = Get-Written { Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt08, et-virt07 -Live @log }
        $written.ErrorId | Should -Be PreflightFailed
        $written.Output.ErrorId | Should -Be BridgeMissing
        Get-Place | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'
    }

    It 'gives no guest to a host that can not be reached' {
        (Get-Guest | New-MigrationPlan -Destination no-such-host.invalid, et-virt07 -Live).Move.Destination | Should -Be et-virt07, et-virt07
        (Get-Guest testvm1 | New-MigrationPlan -Destination no-such-host.invalid -Live).Unplaced.Blocker.Id | Should -Contain XM-CON-01
    }

    It 'gives no host more guests than it has room for' {
        Set-EmbeddedHost et-virt07 -FreeMemoryMB ((Get-Guest testvm1).MemoryMB + 8)
        $plan = New-Plan
        @($plan.Move) | Should -HaveCount 1
        $plan.Unplaced.ErrorId | Should -Be InsufficientMemory
    }

    It 'keeps guests apart that have the same <Of>' -ForEach @(
        @{ Of = 'name but for its number'; By = { $_.Name -replace '\d+$' }; Moves = 1 }
        @{ Of = 'name'; By = { $_.Name }; Moves = 2 }
        @{ Of = 'Toolstack'; By = 'Toolstack'; Moves = 1 }
    ) {
        $plan = Get-Guest | New-MigrationPlan -Destination et-virt07 -Live -AntiAffinity $By
        @($plan.Move) | Should -HaveCount $Moves
        @($plan.Unplaced) | Should -HaveCount (2 - $Moves)
    }

    It 'keeps none apart by what no guest has, which is an error' {
        $written = Get-Written { Get-Guest | Move-Guest -Destination et-virt07 -Live -AntiAffinity Rack }
        $written.Error | Should -HaveCount 1
        "$($written.Error)" | Should -Match "'Rack'"
        Get-Place | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'
    }

    It 'tells times if it is given a bandwidth' {
        $move = (Get-Guest testvm1 | New-MigrationPlan -Destination et-virt07 -Bandwidth 1MB).Move[0]
        $move.PredictedDuration.TotalSeconds | Should -BeGreaterThan $move.MemoryMB
        $move.PredictedDowntime | Should -Be $move.PredictedDuration
        (Get-Guest testvm1 | New-MigrationPlan -Destination et-virt07).Move[0].PredictedDuration | Should -BeNullOrEmpty
    }
}
