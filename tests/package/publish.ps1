<#
.SYNOPSIS
Publishes the module, as it was built last, to a repository that is a folder, and says how to install it from there.
.PARAMETER Repository
The folder, made if there is none. A package of the same version in it is replaced.
#>
param(
    [string] $Repository = (Join-Path (Split-Path (Split-Path $PSScriptRoot)) out/repository)
)

$ErrorActionPreference = 'Stop'
$root = Split-Path (Split-Path $PSScriptRoot)
$version = [regex]::Match((Get-Content -Raw (Join-Path $root XenMigrate.psd1)), "ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value
$module = Join-Path $root "out/XenMigrate/$version"
if (-not (Test-Path (Join-Path $module module/helper/linux-x64/xenmigrate-save-helper))) {
    throw 'The module has no save helper, and is not packed without it. Linux on x86-64 with a C compiler makes it: apt-get install gcc libc6-dev zlib1g-dev'
}

$null = New-Item -ItemType Directory -Path $Repository -Force
Remove-Item (Join-Path $Repository "XenMigrate.$version.nupkg") -ErrorAction Ignore
$name = "XenMigrate-$PID"
Register-PSResourceRepository -Name $name -Uri (Resolve-Path $Repository).Path -Trusted
try {
    Publish-PSResource -Path $module -Repository $name
}
finally {
    Unregister-PSResourceRepository -Name $name
}

"XenMigrate $version is in $Repository. To install it from there:"
"  Register-PSResourceRepository -Name XenMigrate -Uri '$Repository' -Trusted"
'  Install-PSResource XenMigrate -Repository XenMigrate'
