#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# What the default views show in a terminal of 80 columns, of which PowerShell uses 79. Needs no host.

BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"

    $outputs = Get-Command -Module XenMigrate | ForEach-Object { $_.OutputType.Name } |
        Where-Object { $_ -like 'XenMigrate.*' } | Sort-Object -Unique

    # What PowerShell makes of these itself is right: nothing, a yes or no, a file as Get-Item shows it, a job.
    $foreign = 'System.Void', 'System.Boolean', 'System.IO.FileInfo', 'System.Management.Automation.Job'

    $outputViews = foreach ($type in $outputs) {
        @{ Type = $type; Views = (Get-FormatData -TypeName $type -PowerShellVersion $PSVersionTable.PSVersion).FormatViewDefinition }
    }

    # A part of an output can be looked at by itself.
    $tables = foreach ($type in [XenMigrate.Guest].Assembly.ExportedTypes.FullName) {
        $views = (Get-FormatData -TypeName $type -PowerShellVersion $PSVersionTable.PSVersion).FormatViewDefinition
        foreach ($view in $views | Where-Object Control -is [System.Management.Automation.TableControl]) {
            foreach ($width in 79, 119) {
                @{ Type = $type; Width = $width; View = $view }
            }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    # Words of ordinary length for texts, the longest word for an enumeration, figures of a large guest.
    $texts = @{
        Name = 'database-server'; Guest = 'database-server'; Source = 'production-xen1'; Destination = 'production-xen2'
        ComputerName = 'production-xen1'; Id = 'XM-NET-01'; XenVersion = '4.17.5-pre'; Xen = '3.1.2-398.el5'
        Address = '255.255.255.255'; RemotePath = '/var/lib/xen/save/database-server-20261129T044000.save'
        Version = '10.20.30'; Pattern = '^production-xen2$'; Value = 'a word of two'
    }

    function New-Sample([type] $Type) {
        $sample = [ordered]@{ PSTypeName = $Type.FullName }
        foreach ($property in $Type.GetProperties()) {
            $kind = [Nullable]::GetUnderlyingType($property.PropertyType) ?? $property.PropertyType
            $sample[$property.Name] = if ($texts.ContainsKey($property.Name) -and $kind -eq [string]) { $texts[$property.Name] }
                elseif ($kind -eq [string]) { 'it says so in words of ordinary length' }
                elseif ($Type.Name -eq 'PlannedMove' -and $property.Name -eq 'Mode') { 'Offline' } # It is live or it is not.
                elseif ($kind.IsEnum) { [enum]::Parse($kind, ([enum]::GetNames($kind) | Sort-Object Length | Select-Object -Last 1)) }
                elseif ($kind -eq [int]) { 32751 }
                elseif ($kind -eq [long]) { 524288 }
                elseif ($kind -eq [double]) { 1.2GB }
                elseif ($kind -eq [bool]) { $false }
                elseif ($kind -eq [timespan]) { [timespan]::FromSeconds(123.4) }
                elseif ($kind -eq [datetimeoffset]) { [datetimeoffset]::Now }
                elseif ($kind.Name -eq 'Guest') { 'database-server' }
                elseif ($property.Name -eq 'Guest') { , @('database-server') }
                else { , @('first words', 'other words') }
        }

        [pscustomobject] $sample | Add-Member DescribeHosts -MemberType ScriptMethod -PassThru -Value { 'production-xen2', '9 guests' }
    }

    # The cell's text, for a property or a script of the view.
    function Get-Cell($Sample, $Entry) {
        if ($Entry.ValueType -eq 'Property') {
            return "$($Sample.($Entry.Value))"
        }

        "$($Sample | ForEach-Object ([scriptblock]::Create($Entry.Value)))"
    }
}

Describe 'The output of a cmdlet' {
    It 'has a view: <_>' -ForEach $outputs {
        Get-FormatData -TypeName $_ -PowerShellVersion $PSVersionTable.PSVersion | Should -Not -BeNullOrEmpty
    }

    It 'is else of a type that PowerShell shows well' -ForEach @{ Foreign = $foreign } {
        Get-Command -Module XenMigrate | ForEach-Object { $_.OutputType.Name } |
            Where-Object { $_ -notlike 'XenMigrate.*' -and $_ -notin $Foreign } | Should -BeNullOrEmpty
    }
}

Describe 'The table of <Type> in <Width> columns' -ForEach $tables {
    BeforeAll {
        $row = $View.Control.Rows[0]
        $sample = New-Sample ($Type -as [type])
        $text = $sample | Format-Table -View $View.Name | Out-String -Width $Width
        $lines = @($text -split '\r?\n')
    }

    It 'has each header whole, in one line' {
        $rule = [array]::IndexOf($lines, ($lines -match '^[- ]*-[- ]*$')[0])
        $labels = @($View.Control.Headers.Label)
        $lines[$rule - 1].Trim() -replace '\s+', ' ' | Should -BeExactly ($labels -join ' ')
        $lines[$rule - 2] | Should -Not -Match '\S.*\S' -Because 'else a header has two lines'
    }

    It 'cuts no word' {
        $text | Should -Not -Match '…'
        foreach ($column in $row.Columns) {
            $cell = Get-Cell $sample $column.DisplayEntry
            foreach ($word in $cell -split '\s+' -ne '') {
                # A path is longer than its column: it goes on in the next line, and nothing comes after it.
                $shown = if ($word.Contains('/')) { $text -replace '\s' } else { $text }
                $shown | Should -Match ([regex]::Escape($word))
            }
        }
    }

    It 'is not wider' {
        $lines | Where-Object { $_.Length -gt $Width } | Should -BeNullOrEmpty
    }
}

Describe 'The views of <Type>' -ForEach $outputViews {
    BeforeAll {
        $properties = ($Type -as [type]).GetProperties().Name
        $entries = @($Views.Control | ForEach-Object {
            if ($_ -is [System.Management.Automation.TableControl]) { $_.Rows.Columns.DisplayEntry } else { $_.Entries.Items.DisplayEntry }
        })
    }

    It 'are a table and a list' {
        $Views.Control | ForEach-Object { $_.GetType().Name } | Should -Contain TableControl
        $Views.Control | ForEach-Object { $_.GetType().Name } | Should -Contain ListControl
    }

    It 'show properties that exist' {
        $entries | Where-Object ValueType -eq Property | ForEach-Object Value | Where-Object { $_ -notin $properties } | Should -BeNullOrEmpty
    }

    It 'show every property in a list' {
        $list = $Views.Control | Where-Object { $_ -is [System.Management.Automation.ListControl] }
        $shown = "$($list.Entries.Items.DisplayEntry.Value)" + " $($list.Entries.Items.Label)"
        $properties | Where-Object { $shown -notmatch "\b$_\b" } | Should -BeNullOrEmpty
    }
}

Describe 'What is shown' {
    It 'is a short pause in a few figures: <Downtime> as <Shown>' -ForEach @(
        @{ Downtime = '00:00:00.0042'; Shown = '0.004 s' }
        @{ Downtime = '00:00:00.34'; Shown = '0.34 s' }
        @{ Downtime = '00:00:01.234'; Shown = '1.2 s' }
    ) {
        $result = New-Sample XenMigrate.MigrationResult
        $result.Downtime = [timespan] $Downtime
        Show-Text { $result } | Should -Match " $([regex]::Escape($Shown))( |$)"
    }

    It 'is each round in a line' {
        $round = [XenMigrate.MigrationIteration]::new(1, 3600, 14800000, '00:00:00.019', 1210, '00:00:00.0122', 'Continue', 'more than allowed')
        Show-Text { $round } | Should -Match '1 +3 600 +1 210 +0\.019 s +743 +0\.012 s +Continue +more than'
    }

    It 'is a host that is not connected as such' {
        Show-Text { [XenMigrate.MigrationHost] 'xen1' } | Should -Match 'xen1 +NotConnected'
    }

    It 'is a saved guest in a line' {
        $saved = [XenMigrate.SavedGuest]::new('web', $null, 'xen1', '/var/lib/xen/save/web', 268435456, '2024-05-06T07:08:09Z')
        Show-Text { $saved } | Should -Match 'web +xen1 +256 +/var/lib/xen/save/web'
    }
}

Describe 'What the tables show first' {
    It 'is of a move: the guest, where it is now, and how it went' {
        $views = (Get-FormatData XenMigrate.MigrationResult -PowerShellVersion $PSVersionTable.PSVersion).FormatViewDefinition
        $views[0].Control.Headers.Label[0..4] | Should -Be 'Name', 'ComputerName', 'Outcome', 'Downtime', 'Rounds'
    }

    It 'is the path last of a saved guest' {
        $views = (Get-FormatData XenMigrate.SavedGuest -PowerShellVersion $PSVersionTable.PSVersion).FormatViewDefinition
        $views[0].Control.Headers.Label[-1] | Should -Be 'RemotePath'
        $saved = [XenMigrate.SavedGuest]::new('testvm1', $null, 'et-virt08', '/var/lib/xen/save/testvm1.save', 256MB, '2024-05-01')
        Show-Text { $saved } | Should -Match ' /var/lib/xen/save/testvm1\.save'
    }

    It 'is the longest word of a problem in one piece' {
        $report = New-Sample XenMigrate.MigrationReport
        $report.Problem = @{ Id = 'XM-REL-03'; Message = 'et-virt07 has xend-relocation-hosts-allow empty' }
        Show-Text { $report } | Should -Match ' xend-relocation-hosts-allow'
    }

    It 'is the outcome of a move under that name' {
        $views = (Get-FormatData XenMigrate.GuestMigration -PowerShellVersion $PSVersionTable.PSVersion).FormatViewDefinition
        $views[0].Control.Headers.Label | Should -Contain Outcome
        $views[0].Control.Headers.Label | Should -Not -Contain State
    }

    It 'is the outcome of a move that ended, and the step of one that goes on' {
        $ended = New-Sample XenMigrate.GuestMigration
        $ended.Outcome = [XenMigrate.MigrationOutcome]::Succeeded
        $goesOn = New-Sample XenMigrate.GuestMigration
        $goesOn.Outcome = $null
        $goesOn.Step = [XenMigrate.MigrationStep]::CopyingMemory
        $text = $ended, $goesOn | Out-String -Width 79
        $text | Should -Match 'Succeeded'
        $text | Should -Match 'CopyingMemory'
    }
}
