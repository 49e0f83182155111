#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# The suite that ships, module/Environment.Tests.ps1, as each Pester that people have runs it on the embedded pair.

BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'The suite that ships, by Pester <_>' -ForEach '5.9.1', '6.2.0' {
    BeforeAll {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive $_)).FullName
        $said = Invoke-Pwsh -File "$PSScriptRoot/environment-runs.ps1" $module (Get-PesterPath $_) $folder
        $LASTEXITCODE | Should -Be 0 -Because ($said -join [Environment]::NewLine)

        $run = @{}
        foreach ($file in Get-ChildItem $folder -Filter *.json) {
            $run[$file.BaseName] = Get-Content -Raw $file | ConvertFrom-Json
        }

        function Get-Test([string] $Run, [string] $Name) {
            $run[$Run].Tests | Where-Object Name -like $Name
        }
    }

    It 'has each check as a test with the same outcome' {
        $checks = $run.sound.Checks | ForEach-Object {
            $of = if ($_.Guest) { " ($($_.Guest))" }
            "$($_.Id) $($_.Name)${of}: $($_.Status -replace 'Warning', 'Inconclusive')"
        }
        $tests = $run.sound.Tests | ForEach-Object { "$($_.Name): $($_.Result)" }
        $tests | Should -Be @('can be checked: Passed'; $checks)
        $tests | Should -Contain 'XM-NET-01 Every bridge of the guest exists at the destination (testvm2): Passed'
        $tests | Sort-Object -Unique | Should -HaveCount $tests.Count
        $run.sound.Tests.Result | Should -Contain Skipped
        $run.sound.Tests.Result | Should -Contain Inconclusive
    }

    It 'fails for a bridge that is missing, and says on which host and what to do' {
        $failed = $run.broken.Tests | Where-Object Result -eq Failed
        @($failed) | Should -HaveCount 1
        $failed.Name | Should -BeLike 'XM-NET-01 *'
        $failed.Why | Should -Match "because et-virt07 .*xenbr1"
    }

    It 'fails for what could not be asked, and makes a block of each destination' {
        (Get-Test unreached 'XM-CON-01*').Result | Should -Be Passed, Failed
        (Get-Test unreached 'XM-VER-01*')[1].Why | Should -Match 'but got .?Unknown'
        Get-Test unreached 'can be checked' | Should -HaveCount 2
    }

    It 'fails for a warning if it is told to, and not else' {
        (Get-Test sound 'XM-REL-05*').Result | Should -Be Inconclusive
        (Get-Test strict 'XM-REL-05*').Result | Should -Be Failed
        (Get-Test strict 'XM-REL-05*').Why | Should -Match 'but got .?Warning'
    }

    It 'fails for a guest that is not there' {
        $run.nobody.Result | Should -Be Failed
        $run.nobody.Tests | Should -HaveCount 1
        $run.nobody.Tests[0].Why | Should -Match nobody
    }

    It 'tells NUnit and JUnit the same, and why a test failed' {
        [xml] $nunit = Get-Content -Raw "$folder/broken.NUnitXml"
        [xml] $junit = Get-Content -Raw "$folder/broken.JUnitXml"
        $nunit.SelectNodes('//test-case').Count | Should -Be $run.broken.Tests.Count
        $junit.SelectNodes('//testcase').Count | Should -Be $run.broken.Tests.Count
        $nunit.SelectNodes('//test-case[@result="Failure"]').failure.message | Should -Match 'because et-virt07 .*xenbr1'
        $junit.SelectNodes('//testcase[failure]').failure.message | Should -Match 'because et-virt07 .*xenbr1'
    }
}
