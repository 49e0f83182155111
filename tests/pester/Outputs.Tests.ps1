#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# What cmdlets return, and what is in it: read-only, and worth reading as text. Needs no host.

BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"

    # Every type of ours that an output is, or has in a property, whatever lists lie between.
    function Add-Type([type] $Type, [System.Collections.Generic.HashSet[type]] $Known) {
        foreach ($part in @($Type.GetGenericArguments()) + @($Type.GetElementType())) {
            if ($part) {
                Add-Type $part $Known
            }
        }

        if ($Type.Assembly.GetName().Name -like 'XenMigrate*' -and -not $Type.IsEnum -and $Known.Add($Type)) {
            $Type.GetProperties() | ForEach-Object { Add-Type $_.PropertyType $Known }
        }
    }

    $known = [System.Collections.Generic.HashSet[type]]::new()
    Get-Command -Module XenMigrate | ForEach-Object { $_.OutputType.Type } | Where-Object { $_ } | ForEach-Object { Add-Type $_ $known }

    # A plan is made to be changed before it is carried out.
    $plan = 'FleetPlan', 'FleetHost', 'PlannedMove'
    $all = $known | ForEach-Object { @{ Type = $_; Name = $_.Name } } | Sort-Object { $_.Name }
    $fixed = $all | Where-Object { $_.Name -notin $plan }
}

Describe 'What cmdlets return' -ForEach @{ Names = $all.Name } {
    It 'is known, with what is in it: <_>' -ForEach 'Guest', 'GuestDisk', 'MigrationIteration', 'Evidence', 'PlannedMove' {
        $names | Should -Contain $_
    }

    It 'can be read only: <Name>' -ForEach $fixed {
        $Type.GetProperties().Where{ $_.SetMethod -and $_.SetMethod.IsPublic }.Name | Should -BeNullOrEmpty
    }

    It 'has no members with names of the compiler: <Name>' -ForEach $all {
        $Type.GetMembers().Name | Should -Not -Match '[<>$]'
    }

    It 'says what it is in words of its own: <Name>' -ForEach $all {
        $written = $Type.GetMethod('ToString', [type[]] @())
        $written.DeclaringType | Should -Be $Type
        $written.GetCustomAttributes([System.Runtime.CompilerServices.CompilerGeneratedAttribute], $false) | Should -BeNullOrEmpty
    }
}
