<#
.SYNOPSIS
Moves two guests between two hosts without any Xen: the first thing to run.
.DESCRIPTION
Connect-MigrationHost -Embedded gives the pair of hosts of Red Hat's chapter on live migration, et-virt07 and et-virt08,
within this process. Their guests have real memory, and it travels over real TCP. testvm1 is idle; testvm2 writes to its
memory faster than a slow link carries it. The same commands move guests between real hosts: only the first differs.
.EXAMPLE
./module/examples/first-move.ps1
#>
$ErrorActionPreference = 'Stop'
if (-not (Get-Command Connect-MigrationHost -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../../XenMigrate.psd1"
}

function Show-Step([string] $Text) {
    Write-Host $Text -ForegroundColor Cyan
}

# A pause of 4 ms reads better as such than as 0.004 s.
function Format-Pause($Time) {
    if ($null -eq $Time) { '' }
    elseif ($Time.TotalSeconds -lt 1) { '{0:0.0} ms' -f $Time.TotalMilliseconds }
    else { '{0:0.00} s' -f $Time.TotalSeconds }
}

$watch = [System.Diagnostics.Stopwatch]::StartNew()

Show-Step 'Two Xen hosts within this process, and their guests'
$pair = Connect-MigrationHost -Embedded
try {
    $pair | Out-Default
    Get-Guest | Out-Default

    Show-Step 'Could testvm1 move from et-virt08 to et-virt07?'
    Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 | Out-Default

    Show-Step 'testvm1 moves while it runs, there and back'
    $moves = @(
        Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live -MaximumDowntime 0.3
        Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live -MaximumDowntime 0.3
    )
    $moves | ForEach-Object { '  {0} now runs on {1}; it stood still for {2}.' -f $_.Name, $_.ComputerName, (Format-Pause $_.Downtime) }
    ''

    Show-Step 'testvm2 is busy, its link has 40 MiB/s, and it may pause for 10 ms; else it moves offline'
    $moves += Move-Guest testvm2 -ComputerName et-virt08 -Destination et-virt07 -Live -MaximumDowntime 0.01 -Bandwidth 40MB -OfflineFallback Always
    '  Why: {0}.' -f $moves[-1].StopReason
    ''

    Show-Step 'The pauses, as predicted, as measured, and as the guests saw them by their heartbeats'
    $columns = @(
        @{ Label = 'Guest'; Expression = { $_.Name } }
        @{ Label = 'From'; Expression = { $_.Source } }
        @{ Label = 'To'; Expression = { $_.Destination } }
        @{ Label = 'Mode'; Expression = { "$($_.Mode)" } }
        @{ Label = 'Rounds'; Expression = { $_.Iteration.Count } }
        @{ Label = 'MB sent'; Expression = { '{0:0}' -f ($_.BytesTransferred / 1MB) }; Alignment = 'Right' }
        @{ Label = 'Predicted'; Expression = { Format-Pause $_.PredictedDowntime }; Alignment = 'Right' }
        @{ Label = 'Pause'; Expression = { Format-Pause $_.Downtime }; Alignment = 'Right' }
        @{ Label = 'Heartbeat gap'; Expression = { Format-Pause $_.HeartbeatGap }; Alignment = 'Right' }
        @{ Label = 'Outcome'; Expression = { "$($_.Outcome)" } }
    )
    if ([Console]::IsOutputRedirected -or $Host.UI.RawUI.WindowSize.Width -ge 92) {
        # A file has no width of its own.
        ($moves | Format-Table -AutoSize $columns | Out-String -Width 120).TrimEnd()
        ''
    }
    else {
        # A table would lose its last columns; a list has no alignment.
        $moves | Format-List @($columns | ForEach-Object { @{ Label = $_.Label; Expression = $_.Expression } }) | Out-Default
    }

    'All of it took {0:0.0} s.' -f $watch.Elapsed.TotalSeconds
}
finally {
    $pair | Disconnect-MigrationHost
}
