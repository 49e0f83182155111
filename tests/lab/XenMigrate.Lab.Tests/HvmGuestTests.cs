namespace XenMigrate.Lab.Tests;

[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class HvmGuestTests(StartedHvmGuest started) : UnmodifiedGuestTests(started), IClassFixture<StartedHvmGuest>;
