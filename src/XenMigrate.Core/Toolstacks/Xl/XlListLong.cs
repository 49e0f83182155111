using System.Text.Json;

namespace XenMigrate.Toolstacks.Xl;

/// <summary>A guest's configuration as <c>xl list -l</c> prints it.</summary>
internal sealed record XlConfiguration : GuestConfiguration
{
    public required int Id { get; init; }

    public GuestTraits Traits { get; init; } = new();
}

/// <summary>The JSON array that <c>xl list -l</c> prints; only members that differ from their defaults are in it.</summary>
internal static class XlListLong
{
    public static RemoteCommand Command { get; } = new("xl", "list", "-l");

    /// <exception cref="OutputNotUnderstoodException">It is no JSON of that shape.</exception>
    public static IReadOnlyList<XlConfiguration> Parse(string output)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(output);
            return
            [
                .. document.RootElement.EnumerateArray()
                    .Where(domain => domain.Number("domid") is >= 0 and <= int.MaxValue)
                    .Select(domain => Configuration((int)domain.Number("domid")!.Value, domain.Child("config"))),
            ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new OutputNotUnderstoodException(Command, "no JSON as xl writes it: " + e.Message, output, e);
        }
    }

    /// <summary>Reads one configuration, which a save image holds in the same shape.</summary>
    public static XlConfiguration Configuration(int id, JsonElement? config)
    {
        JsonElement? create = config?.Child("c_info");
        JsonElement? build = config?.Child("b_info");

        return new XlConfiguration
        {
            Id = id,
            Name = create?.Text("name"),
            Uuid = Guid.TryParse(create?.Text("uuid"), out Guid uuid) ? uuid : null,
            Type = create?.Text("type") switch
            {
                "pv" => GuestType.PV,
                "hvm" => GuestType.HVM,
                "pvh" => GuestType.PVH,
                _ => GuestType.Unknown,
            },
            MaximumMemoryMB = build?.Number("max_memkb") / 1024,
            MaximumVCpu = (int?)build?.Number("max_vcpus"),
            Traits = new GuestTraits
            {
                MigrationDisabled = build?.Text("disable_migrate") == "True",
                HasVirtualNuma = build.Items("vnuma_nodes").Any(),
                HasNestedVirtualisation = build?.Text("nested_hvm") == "True" || build?.Child("type.hvm")?.Text("nested_hvm") == "True",
                TscMode = build?.Text("tsc_mode") ?? "default",
                ShadowMemoryMB = (build?.Number("shadow_memkb") ?? 0) / 1024,
            },
            Disks = [.. config.Items("disks").Select(Disk)],
            NetworkInterfaces = [.. config.Items("nics").Select(Nic)],
            PassthroughDevices = [.. XlHostDevices.Of(config)],
        };
    }

    private static GuestDisk Disk(JsonElement disk) => new(
        disk.Text("vdev") ?? "?",
        disk.Text("pdev_path") is { Length: > 0 } path ? path : null,
        disk.Text("format"),
        disk.Text("backend"),
        ReadOnly: disk.Number("readwrite") is null or 0,
        // libvirt says "removable" of every disk.
        Removable: disk.Number("is_cdrom") is not (null or 0))
    {
        BackendDomain = Backend(disk),
        // The script "block" is the default one, which takes a path.
        Script = disk.Text("script") is { Length: > 0 } script && script != "block" && !script.EndsWith("/block", StringComparison.Ordinal)
            ? script
            : null,
    };

    private static GuestNetworkInterface Nic(JsonElement nic) =>
        GuestNetworkInterface.Of(nic.Text("mac"), nic.Text("bridge"), nic.Text("script")) with { BackendDomain = Backend(nic) };

    private static string? Backend(JsonElement device) => DriverDomain.Of(
        device.Text("backend_domname") ?? device.Number("backend_domid")?.ToString(CultureInfo.InvariantCulture));
}
