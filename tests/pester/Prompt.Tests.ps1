#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# What a person at a prompt is asked, and what Ctrl+C does.

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    $where = 'Get-Guest | ForEach-Object { "$($_.Name)@$($_.ComputerName)" }'
    # No pause is as short as that.
    $busy = 'Move-Guest testvm2 -ComputerName et-virt08 -Destination et-virt07 -Live -MaximumDowntime 0.001'
}

Describe 'At a prompt' {
    AfterEach {
        $prompt.Runspace.Dispose()
    }

    It 'a longer pause is asked for, and made after yes' {
        $prompt = New-Prompt Y
        $moved = $prompt.Shell.AddScript("$busy -OfflineFallback Prompt").Invoke()
        $prompt.Screen.Asked | Should -HaveCount 1
        $prompt.Screen.Asked[0] | Should -Match testvm2
        "$($moved.Outcome) $($moved.Mode)" | Should -Be 'Succeeded LiveThenOffline'
    }

    It 'a longer pause is not made after no' {
        $prompt = New-Prompt N
        $moved = $prompt.Shell.AddScript("$busy -OfflineFallback Prompt").Invoke()
        "$($moved.Outcome) $($moved.ComputerName)" | Should -Be 'Aborted et-virt08'
    }

    It 'a longer pause is not asked for with -Force' {
        $prompt = New-Prompt
        $moved = $prompt.Shell.AddScript("$busy -Force").Invoke()
        $prompt.Screen.Asked | Should -BeNullOrEmpty
        "$($moved.Outcome) $($moved.Mode)" | Should -Be 'Succeeded LiveThenOffline'
    }

    It 'a running guest is not moved offline after no, and the question says what would be' {
        $prompt = New-Prompt N
        $prompt.Shell.AddScript('Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07').Invoke() | Should -BeNullOrEmpty
        $prompt.Screen.Asked | Should -HaveCount 1
        $prompt.Screen.Asked[0] | Should -Match 'testvm1 .*et-virt08.*stands still for the whole move to et-virt07.*not known'
        $prompt.Shell.Commands.Clear()
        $prompt.Shell.AddScript($where).Invoke() | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'
    }

    It 'one answer does for all guests of a call, and the next question tells how long that took' {
        $prompt = New-Prompt A, N
        $log = "-LogPath $env:XENMIGRATE_TEST_HOME/asked-$(Get-Random)"
        $moved = $prompt.Shell.AddScript("Get-Guest | Move-Guest -Destination et-virt07 $log; Move-Guest testvm1 et-virt08 $log").Invoke()
        "$($moved.Outcome)" | Should -Be 'Succeeded Succeeded'
        $prompt.Screen.Asked | Should -HaveCount 2
        $prompt.Screen.Asked[1] | Should -Match 'last such moves between these hosts took up to \d'
    }

    It 'a running guest is moved offline without a question: <_>' -ForEach '-Force', '-Confirm:$false' {
        $prompt = New-Prompt
        $moved = $prompt.Shell.AddScript("Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 $_").Invoke()
        $prompt.Screen.Asked | Should -BeNullOrEmpty
        "$($moved.Outcome) $($moved.Mode)" | Should -Be 'Succeeded Offline'
    }

    It 'with -Confirm there is one question, not two' {
        $prompt = New-Prompt Y
        $moved = $prompt.Shell.AddScript('Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Confirm').Invoke()
        $prompt.Screen.Asked | Should -HaveCount 1
        $prompt.Screen.Asked[0] | Should -Match 'stands still'
        $moved.Outcome | Should -Be Succeeded
    }

    It 'a job asks before it begins' {
        $prompt = New-Prompt N
        $job = $prompt.Shell.AddScript('Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -AsJob | Receive-Job -Wait').Invoke()
        $job | Should -BeNullOrEmpty
        $prompt.Screen.Asked | Should -HaveCount 1
    }

    It '<_> asks for names, which can be typed, and not for objects' -ForEach 'Save-Guest', 'Stop-Guest', 'Suspend-Guest', 'Resume-Guest', 'Repair-GuestMigration' {
        $prompt = New-Prompt
        # This host can't show fields to fill in, and PowerShell says then which it would have shown.
        { $prompt.Shell.AddCommand($_).Invoke() } | Should -Throw '*mandatory parameters:* Name*'
    }

    It 'Undo-GuestMigration says what it wants, which nobody can type' {
        $prompt = New-Prompt
        { $prompt.Shell.AddCommand('Undo-GuestMigration').Invoke() } | Should -Throw '*No move was given*'
    }

    It 'progress begins with few words, so that 80 columns have room for the figures' {
        $prompt = New-Prompt
        $null = $prompt.Shell.AddScript('Move-Guest testvm1 et-virt07 -Live').Invoke()
        $prompt.Shell.Streams.Progress.Activity | Should -Contain 'testvm1 to et-virt07'
    }

    It 'Ctrl+C in mid-move leaves the guest running in one place, and says where' {
        $prompt = New-Prompt
        # Slow enough that it can't be over before it is stopped.
        $null = $prompt.Shell.AddScript('Set-EmbeddedHost et-virt08 -LinkBandwidth 16MB').Invoke()
        $prompt.Shell.Commands.Clear()
        $run = $prompt.Shell.AddScript('Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live').BeginInvoke()
        while ($prompt.Shell.Streams.Progress.CurrentOperation -notcontains 'CopyingMemory' -and -not $run.IsCompleted) {
            [System.Threading.Thread]::Sleep(5)
        }

        $prompt.Shell.Stop()
        $prompt.Screen.Text | Should -Match 'WARNING: testvm1: et-virt08 to et-virt07, Aborted'
        $prompt.Shell.Commands.Clear()
        $prompt.Shell.AddScript($where).Invoke() | Should -Be 'testvm1@et-virt08', 'testvm2@et-virt08'
    }
}
