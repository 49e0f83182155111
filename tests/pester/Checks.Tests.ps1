#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# The suite that ships, module/Environment.Tests.ps1, as each Pester that people have runs it: on the hosts of
# common.ps1 as they are, and on the embedded pair with faults.

BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'The suite that ships, by Pester <_>' -ForEach '5.9.1', '6.2.0' {
    BeforeAll {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive $_)).FullName
        $said = Invoke-Pwsh -File "$PSScriptRoot/environment-runs.ps1" $_ $folder
        $LASTEXITCODE | Should -Be 0 -Because ($said -join [Environment]::NewLine)

        $run = @{}
        foreach ($file in Get-ChildItem $folder -Filter *.json) {
            $run[$file.BaseName] = Get-Content -Raw $file | ConvertFrom-Json
        }

        function Get-Test([string] $Of, [string] $Name) {
            $run[$Of].Tests | Where-Object Name -like $Name
        }

        # How many tests each file of results has, and why tests failed.
        function Get-Told([string] $Of) {
            [xml] $nunit = Get-Content -Raw "$folder/$Of.NUnitXml"
            [xml] $junit = Get-Content -Raw "$folder/$Of.JUnitXml"
            @{
                Count = $nunit.SelectNodes('//test-case').Count, $junit.SelectNodes('//testcase').Count
                NUnit = @($nunit.SelectNodes('//test-case[@result="Failure"]') | ForEach-Object { $_.failure.message })
                JUnit = @($junit.SelectNodes('//testcase[failure]') | ForEach-Object { $_.failure.message })
            }
        }
    }

    It 'has each check as a test with the same outcome' {
        # What could not be asked is not as it should be, and a warning is for a person to judge.
        $outcome = @{ Passed = 'Passed'; Failed = 'Failed'; Unknown = 'Failed'; Skipped = 'Skipped'; Warning = 'Inconclusive' }
        $checks = $run.sound.Checks | ForEach-Object {
            $of = if ($_.Guest) { " ($($_.Guest))" }
            "$($_.Id) $($_.Name)${of}: $($outcome[$_.Status])"
        }
        $tests = $run.sound.Tests | ForEach-Object { "$($_.Name): $($_.Result)" }
        $tests | Should -Be @('can be checked: Passed'; $checks)
        $tests | Should -Contain "XM-NET-01 Every bridge of the guest exists at the destination ($($hosts.Guest)): Passed"
        $tests | Sort-Object -Unique | Should -HaveCount $tests.Count
        $run.sound.Tests.Result | Should -Contain Skipped
        $run.sound.Tests.Result | Should -Contain Inconclusive
    }

    It 'tells NUnit and JUnit of all tests' {
        $told = Get-Told sound
        $told.Count | Should -Be $run.sound.Tests.Count, $run.sound.Tests.Count
        $failed = @($run.sound.Tests | Where-Object Result -eq Failed).Count
        $told.NUnit | Should -HaveCount $failed
        $told.JUnit | Should -HaveCount $failed
    }

    Context 'On the embedded pair with faults' -Skip:(-not $embedded) {
        It 'fails for a bridge that is missing, and says on which host and what to do' {
            $failed = @($run.broken.Tests | Where-Object Result -eq Failed)
            $failed | Should -HaveCount 1
            $failed[0].Name | Should -BeLike 'XM-NET-01 *'
            $failed[0].Why | Should -Match 'because et-virt07 has no bridge xenbr1.+brctl addbr xenbr1'
            $told = Get-Told broken
            $told.NUnit | Should -Match 'because et-virt07 has no bridge xenbr1'
            $told.JUnit | Should -Match 'because et-virt07 has no bridge xenbr1'
        }

        It 'fails for what could not be asked, and has a block for each destination' {
            (Get-Test unreached 'XM-CON-01*').Result | Should -Be Passed, Failed
            (Get-Test unreached 'XM-VER-01*')[1].Why | Should -Match "because nowhere\.invalid could not be asked(.|\n)+'Unknown'"
            Get-Test unreached 'can be checked' | Should -HaveCount 2
        }

        It 'fails for a warning if it is told to, and not else' {
            (Get-Test sound 'XM-REL-05*').Result | Should -Be Inconclusive
            (Get-Test strict 'XM-REL-05*').Result | Should -Be Failed
            (Get-Test strict 'XM-REL-05*').Why | Should -Match 'because et-virt07 takes guests from every host'
        }

        It 'fails for a guest that is not there' {
            $run.nobody.Result | Should -Be Failed
            $run.nobody.Tests | Should -HaveCount 1
            $run.nobody.Tests[0].Why | Should -Match nobody
        }
    }
}
