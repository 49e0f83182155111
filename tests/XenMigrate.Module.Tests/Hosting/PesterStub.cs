namespace XenMigrate.ModuleTests.Hosting;

/// <summary>
/// As much of Pester 5 as a suite needs to be run: tests are found first and run later, when nothing of the finding is
/// left but the data that -ForEach gave them.
/// </summary>
internal static class PesterStub
{
    /// <summary>Defines Pester's words, and Invoke-Found, which returns "name: outcome" for each test found.</summary>
    public const string Script =
        """
        $null = New-Module -Name PesterStub -ScriptBlock {
            $script:found = @()
            $script:data = @{}

            function Invoke-With([scriptblock] $Block, [hashtable] $Data) {
                $variables = [System.Collections.Generic.List[psvariable]]::new()
                foreach ($name in $Data.Keys) {
                    $variables.Add([psvariable]::new($name, $Data[$name]))
                }

                $null = $Block.InvokeWithContext($null, $variables)
            }

            function Expand-Name([string] $Name, [hashtable] $Data) {
                foreach ($key in $Data.Keys) {
                    $Name = $Name.Replace("<$key>", "$($Data[$key])")
                }

                $Name
            }

            function BeforeDiscovery([scriptblock] $Block) {
                # Into the scope of the suite, to whose session the block belongs.
                . $Block
            }

            function Describe([string] $Name, [scriptblock] $Block, [object[]] $ForEach) {
                foreach ($case in $ForEach) {
                    $script:data = $case
                    Invoke-With $Block $case
                }
            }

            function It([string] $Name, [scriptblock] $Block, [object[]] $ForEach = @(@{})) {
                foreach ($case in $ForEach) {
                    $all = $script:data.Clone()
                    foreach ($key in $case.Keys) {
                        $all[$key] = $case[$key]
                    }

                    $script:found += @{ Name = Expand-Name $Name $all; Block = $Block; Data = $all }
                }
            }

            function Should {
                param([Parameter(ValueFromPipeline)] $Actual, [switch] $BeNullOrEmpty, $Be, [string] $Because)
                end {
                    if ($BeNullOrEmpty) {
                        if ($Actual) {
                            throw "Expected nothing, but got $Actual."
                        }
                    }
                    elseif ($Actual -ne $Be) {
                        throw "Expected $Be, because $Because, but got $Actual."
                    }
                }
            }

            function Set-ItResult([switch] $Skipped, [switch] $Inconclusive, [string] $Because) {
                $script:outcome = if ($Skipped) { 'Skipped' } else { 'Inconclusive' }
            }

            function Invoke-Found {
                foreach ($test in $script:found) {
                    $script:outcome = 'Passed'
                    try {
                        Invoke-With $test.Block $test.Data
                    }
                    catch {
                        $script:outcome = "Failed, $($_.Exception.GetBaseException().Message)"
                    }

                    "$($test.Name): $script:outcome"
                }

                $script:found = @()
            }
        }
        """;
}
