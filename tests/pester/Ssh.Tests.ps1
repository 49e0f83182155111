#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3.0' }
# The module against a real OpenSSH server of this user's on the loopback interface, with an xl that answers from files.

BeforeDiscovery {
    $sshd = '/usr/sbin/sshd'
    $missing = if (Test-Path $sshd) { '' } else { ": there is no $sshd here (package openssh-server)" }
}

Describe 'A host reached by SSH<_>' -ForEach @($missing) -Skip:([bool] $missing) {
    BeforeAll {
        . "$PSScriptRoot/common.ps1"

        $folder = (New-Item -ItemType Directory (Join-Path $env:XENMIGRATE_TEST_HOME sshd)).FullName
        $xl = Join-Path $folder bin/xl
        $known = Join-Path $folder known_hosts
        $null = New-Item -ItemType Directory (Split-Path $xl)
        Set-Content $xl "#!/bin/sh`nexec cat `"$PSScriptRoot/Fixtures/xl `$*.txt`""
        Set-Content "$folder/.bashrc" "export PATH='$folder/bin':/usr/bin:/bin"
        chmod +x $xl
        ssh-keygen -q -t ed25519 -N '' -f "$folder/host"
        ssh-keygen -q -t ed25519 -N '' -f "$folder/id"
        if ((id -u) -eq 0) {
            # Privilege separation wants it; a system's service would have made it.
            $null = New-Item -ItemType Directory /run/sshd -Force
        }

        $socket = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $socket.Start()
        $port = $socket.LocalEndpoint.Port
        $socket.Stop()
        Set-Content "$folder/sshd_config" @"
ListenAddress 127.0.0.1
Port $port
HostKey $folder/host
AuthorizedKeysFile $folder/id.pub
PidFile none
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
SetEnv HOME=$folder
"@
        Set-Content "$folder/config" @"
Host xen1
  HostName 127.0.0.1
  Port $port
  User $(id -un)
  IdentityFile $folder/id
  UserKnownHostsFile $known
"@
        # sshd says itself that it listens: no connection is needed to find out.
        $server = [System.Diagnostics.Process]::Start([System.Diagnostics.ProcessStartInfo] @{
            FileName = '/usr/sbin/sshd'; Arguments = "-D -e -f $folder/sshd_config"; RedirectStandardError = $true
        })
        do {
            $line = $server.StandardError.ReadLine()
        } until ($null -eq $line -or $line -match 'Server listening')
        $line | Should -Match 'Server listening' -Because 'sshd has to start'
        $rest = $server.StandardError.ReadToEndAsync()

        $connect = @{ ComputerName = 'xen1'; ConfigurationPath = "$folder/config" }
    }

    BeforeEach {
        Disconnect-MigrationHost *
        Set-Content $known "[127.0.0.1]:$port $(Get-Content "$folder/host.pub")"
    }

    AfterAll {
        Disconnect-MigrationHost *
        $server.Kill($true)
        $server.WaitForExit()
    }

    It 'is connected, and its guests are listed' {
        Connect-MigrationHost @connect | ForEach-Object ComputerName | Should -Be xen1
        $guest = Get-Guest testvm1
        "$($guest.Name) $($guest.Id) $($guest.State) $($guest.MemoryMB) $($guest.ComputerName)" | Should -Be 'testvm1 2 Blocked 96 xen1'
    }

    It 'has a table of its guests, without its Domain-0' {
        $null = Connect-MigrationHost @connect
        $text = Show-Text { Get-Guest }
        $text | Should -Match 'testvm1 +2 +Blocked +PV +96 +1'
        $text | Should -Not -Match Domain-0
    }

    It 'tells the disks of a guest when details are asked for' {
        $null = Connect-MigrationHost @connect
        Show-Text { Get-Guest testvm1 -Detailed } -Width 200 | Should -Match 'Disk +: \{xvda=/var/lib/libvirt/images/testvm1\.img\}'
    }

    It 'is refused if its key is unknown, and accepted on request' {
        Remove-Item $known
        (Get-Written { Connect-MigrationHost @connect }).ErrorId | Should -Be HostKeyUnknown
        Connect-MigrationHost @connect -AcceptHostKey | Should -HaveCount 1
    }

    It 'is no Xen host without xl' {
        Rename-Item $xl gone
        try {
            (Get-Written { Connect-MigrationHost @connect }).ErrorId | Should -Be ToolstackNotFound
        }
        finally {
            Rename-Item "$folder/bin/gone" xl
        }
    }
}
