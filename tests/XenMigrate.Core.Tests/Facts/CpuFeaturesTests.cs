namespace XenMigrate.Tests;

public class CpuFeaturesTests
{
    private const string Policies =
        """
        Xen reports there are maximum 114 leaves and 3 MSRs
        Host policy: 2 leaves, 1 MSRs
         CPUID:
          leaf     subleaf  -> eax      ebx      ecx      edx     
          00000000:ffffffff -> 0000000d:756e6547:6c65746e:49656e69
          00000001:ffffffff -> 000206c1:00000800:82982203:078bfbfd
         MSRs:
          index    -> value           
          000000ce -> 0000000080000000
        PV Max policy: 2 leaves, 0 MSRs
         CPUID:
          leaf     subleaf  -> eax      ebx      ecx      edx     
          00000001:ffffffff -> 000206c1:00000800:80982201:078bfbfd
          00000007:00000000 -> 00000000:00000020:00000000:00000000
         MSRs:
          index    -> value           

        """;

    [Fact]
    public void Every_policy_is_read_by_its_name()
    {
        CpuPolicies policies = CpuPolicies.Parse(Policies);

        Assert.Equal(["Host", "PV Max"], policies.ByName.Keys.Order());
        Assert.Equal(0x80982201u, policies.ByName["PV Max"].Words[CpuWord.Word1c]);
        Assert.Equal(["avx2"], policies.ByName["PV Max"].MissingIn(policies.ByName["Host"], hostOnly: false));
        Assert.Equal(["pclmulqdq", "aesni", "CPUID leaves up to d (it ends at 0)", "CPUID faulting"], policies.ByName["Host"].MissingIn(policies.ByName["PV Max"], hostOnly: false));
    }

    [Fact]
    public void A_guest_can_go_to_a_host_like_its_own()
    {
        CpuPolicies host = CpuPolicies.Parse(Fixture.Text("xen-cpuid-p.4.17.txt"));
        CpuFeatures guest = Assert.Single(CpuPolicies.Parse(Fixture.Text("xen-cpuid-p-domain.4.17.txt")).ByName).Value;

        Assert.Equal(["HVM Default", "HVM Max", "Host", "PV Default", "PV Max", "Raw"], host.ByName.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(guest.MissingIn(host.ByName["PV Max"], hostOnly: false));
        Assert.NotEmpty(guest.MissingIn(host.ByName["HVM Max"], hostOnly: false));
    }

    [Fact]
    public void An_old_xen_cpuid_that_takes_no_p_and_says_it_went_well_is_asked_for_its_featuresets()
    {
        CpuPolicies policies = CpuPolicies.Question("b").Read(
        [
            new CommandResult(0, "Bad option 'p'\nUsage: xen-cpuid [ info | detail | <featureset>* ]\n", ""),
            new CommandResult(0, "nr_features: 2\n\nStatic sets:\nPV Mask                         17c9cbf5:f6f83203\n\nDynamic sets:\nPV                              17c9cbf5:f6f83201\n", ""),
        ]);

        Assert.Equal(["PV"], policies.ByName.Keys);
        Assert.Equal(0xf6f83201u, policies.Most("PV")!.Words[CpuWord.Word1c]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("xen-cpuid: err")]
    [InlineData("Host policy: 0 leaves, 0 MSRs\n CPUID:\n")]
    public void What_has_no_policy_is_not_understood(string output) =>
        Assert.Throws<OutputNotUnderstoodException>(() => CpuPolicies.Parse(output));

    [Fact]
    public void Hw_caps_of_before_xen_4_7_have_the_words_in_linuxs_order()
    {
        CpuFeatures xeon = CpuFeatures.OfHardware("bfebfbff:20100800:00000000:00000140:0004e3bd:00000000:00000001", new Version(3, 1))!;
        CpuFeatures older = CpuFeatures.OfHardware("bfebfbff:20100800:00000000:00000180:0000641d:00000000:00000000", new Version(3, 1))!;

        // What virtualises, saves power and counts no guest is given.
        Assert.Equal(["ssse3", "lahf-lm"], xeon.MissingIn(older, hostOnly: true));
        Assert.Contains("vmx", xeon.MissingIn(older, hostOnly: false));
        Assert.Empty(older.MissingIn(xeon, hostOnly: true));
    }

    [Fact]
    public void Hw_caps_since_xen_4_7_have_them_in_xens_own() => Assert.Equal(
        0x82982203u,
        CpuFeatures.OfHardware("078bfbfd:82982203:20100800:00000001:00000000:00000000:00000000:00000000", new Version(4, 17))!.Words[CpuWord.Word1c]);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("zz:yy")]
    public void What_are_no_hw_caps_tells_nothing(string? text) => Assert.Null(CpuFeatures.OfHardware(text, new Version(4, 17)));

    [Fact]
    public void A_bit_without_a_name_goes_by_its_place() =>
        Assert.Equal(["CPUID 00000001:ffffffff:d bit 10"], CpuFeatureNames.Of(CpuWord.Word1d, 1u << 10));

    [Fact]
    public void Every_word_has_its_place_and_its_names() => Assert.All(
        Enum.GetValues<CpuWord>(), word => Assert.Equal(32, CpuFeatureNames.Of(word, uint.MaxValue).Distinct().Count()));
}
