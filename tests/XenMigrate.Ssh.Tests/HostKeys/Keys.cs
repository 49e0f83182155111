namespace XenMigrate.Ssh.Tests;

/// <summary>The keys of Fixtures/known_hosts; their private halves were never kept.</summary>
internal static class Keys
{
    public static readonly HostKey A = Key("AAAAC3NzaC1lZDI1NTE5AAAAIGCk235ofZ49bmHw9v0YPEK1xOZMF1E4Ehrxp2YpjKeH");

    public static readonly HostKey Revoked = Key("AAAAC3NzaC1lZDI1NTE5AAAAIElJZtZkvAjgwLgXvwYNW/1hapGGUejlZpmbavwO5boM");

    public static readonly HostKey Ecdsa = Key(
        "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBMz6icc+1BLNIQc/UY7lCOuQr9C01tMIWmSxfv9oh9S/8z3NkX/Y5j/o0V392lXpV6lI140kyN/ie46Vi1E/biw=");

    public static readonly HostKey Rsa = Key(
        """
        AAAAB3NzaC1yc2EAAAADAQABAAABAQCm/8LI4i4j7S1oHOrplHf9FoN+f9Kj4goJolTjgHmZjAJC1IRG4m06eUODrtyvthGJbIAU
        jvvKIDGlKRW41uaQzCxorNfuDsRcArV6PmKnnmdO/3nGNX5mR4XTCdyDy7FlNm2GEimzi2PPdwDhY74CGMsVeM/hPwHv8U62sBNJ
        XbuiQ4cv7f4uJwI0Gougo56WZvI2i9xX4E06v1wHcMNONG391+aRCJ1K0auiYhBqFrpyh2Jlb68/WS3d1JAgwabAeuZZAavc66p/
        HYoNaSYpDXnq5mQCla9wlz7x+tHuzyjS/ILIVwpnkQaEV3uWcnypxD2ntW3O8RfyVLBKfi7N
        """);

    private static HostKey Key(string base64) => new(Convert.FromBase64String(base64));
}
