# The commands of PowerShell's Utility and Management modules without which a prompt is no use. They do the usual part of
# what the real ones do. Each function of this file becomes a function of the session.

function Write-Output {
    [CmdletBinding()]
    param([Parameter(Position = 0, ValueFromPipeline, ValueFromRemainingArguments)] [AllowNull()] [psobject] $InputObject, [switch] $NoEnumerate)
    process { $PSCmdlet.WriteObject($InputObject, -not $NoEnumerate) }
}

function Write-Host {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0, ValueFromPipeline, ValueFromRemainingArguments)] [object] $Object,
        [switch] $NoNewline,
        [object] $Separator = ' ',
        [System.ConsoleColor] $ForegroundColor,
        [System.ConsoleColor] $BackgroundColor
    )
    process {
        $message = [System.Management.Automation.HostInformationMessage]::new()
        $message.Message = @($Object) -join $Separator
        $message.NoNewLine = $NoNewline
        if ($PSBoundParameters.ContainsKey('ForegroundColor')) { $message.ForegroundColor = $ForegroundColor }
        if ($PSBoundParameters.ContainsKey('BackgroundColor')) { $message.BackgroundColor = $BackgroundColor }
        $PSCmdlet.WriteInformation($message, [string[]] 'PSHOST')
    }
}

function Write-Warning {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [AllowEmptyString()] [string] $Message)
    process { $PSCmdlet.WriteWarning($Message) }
}

function Write-Verbose {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [AllowEmptyString()] [string] $Message)
    process { $PSCmdlet.WriteVerbose($Message) }
}

function Write-Error {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)] [AllowEmptyString()] [string] $Message,
        [string] $ErrorId = 'WriteError',
        [System.Management.Automation.ErrorCategory] $Category = 'NotSpecified',
        [object] $TargetObject
    )
    process {
        $exception = [System.Exception]::new($Message)
        $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($exception, $ErrorId, $Category, $TargetObject))
    }
}

function Write-Progress {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Activity,
        [Parameter(Position = 1)] [string] $Status = 'Processing',
        [int] $Id = 0,
        [int] $PercentComplete = -1,
        [int] $SecondsRemaining = -1,
        [string] $CurrentOperation,
        [int] $ParentId = -1,
        [switch] $Completed
    )
    process {
        $record = [System.Management.Automation.ProgressRecord]::new($Id, $Activity, $Status)
        $record.PercentComplete = $PercentComplete
        $record.SecondsRemaining = $SecondsRemaining
        $record.CurrentOperation = $CurrentOperation
        $record.ParentActivityId = $ParentId
        if ($Completed) { $record.RecordType = 'Completed' }
        # From one source: else each call would be an activity of its own.
        $PSCmdlet.CommandRuntime.WriteProgress(0, $record)
    }
}

function Read-Host {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string] $Prompt, [switch] $AsSecureString)
    process {
        if ($Prompt) { $Host.UI.Write("${Prompt}: ") }
        if ($AsSecureString) { $Host.UI.ReadLineAsSecureString() } else { $Host.UI.ReadLine() }
    }
}

function Get-Credential {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string] $UserName, [string] $Message = 'Enter your credentials.')
    process { $Host.UI.PromptForCredential('Credential', $Message, $UserName, '') }
}

function Start-Sleep {
    [CmdletBinding(DefaultParameterSetName = 'Seconds')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'Seconds')] [double] $Seconds,
        [Parameter(Mandatory, ParameterSetName = 'Milliseconds')] [int] $Milliseconds
    )
    process {
        # In short steps, so that Ctrl+C is heard.
        $end = [datetime]::UtcNow.AddMilliseconds($Milliseconds + 1000 * $Seconds)
        while (($left = ($end - [datetime]::UtcNow).TotalMilliseconds) -gt 0) {
            [System.Threading.Thread]::Sleep([int] [System.Math]::Min(50, $left + 1))
        }
    }
}

function Measure-Command {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [scriptblock] $Expression)
    process {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $null = . $Expression
        $watch.Elapsed
    }
}

function Set-Location {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string] $Path = '~')
    process { $null = $PSCmdlet.SessionState.Path.SetLocation($Path) }
}

function Get-Location {
    [CmdletBinding()]
    param()
    process { $PSCmdlet.SessionState.Path.CurrentLocation }
}

function Clear-Host { $Host.UI.RawUI.SetBufferContents([System.Management.Automation.Host.Rectangle]::new(0, 0, 0, 0), [System.Management.Automation.Host.BufferCell]::new()) }
