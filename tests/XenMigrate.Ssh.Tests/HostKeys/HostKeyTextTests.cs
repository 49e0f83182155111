namespace XenMigrate.Ssh.Tests;

public class HostKeyTextTests
{
    [Fact]
    public void Fingerprints_are_as_ssh_keygen_prints_them()
    {
        Assert.Equal("SHA256:ewId3Mothu2Es6rbg9CmWyfFv+n9dhW+YrLL7E5iwAE", Keys.A.Fingerprint);
        Assert.Equal("SHA256:sxFJ1pUXfzUfMX3exC2HWqjMkk1PYnVKSTDGTehxez4", Keys.Ecdsa.Fingerprint);
        Assert.Equal("SHA256:QqktOOb6XcEgLBdq967n+f7tu+2S7nq4zqSrArUnioQ", Keys.Rsa.Fingerprint);
    }

    [Fact]
    public void The_type_is_read_from_the_key()
    {
        Assert.Equal("ssh-ed25519", Keys.A.Type);
        Assert.Equal("ecdsa-sha2-nistp256", Keys.Ecdsa.Type);
        Assert.Equal("ssh-rsa", Keys.Rsa.Type);
        Assert.Equal("unknown", new HostKey([0, 0, 9, 9, 1]).Type);
    }
}
