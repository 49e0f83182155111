namespace XenMigrate.Lab.Tests;

[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class PvhGuestTests(StartedPvhGuest started) : UnmodifiedGuestTests(started), IClassFixture<StartedPvhGuest>;
