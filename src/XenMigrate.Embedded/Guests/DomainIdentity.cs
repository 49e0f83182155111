namespace XenMigrate.Embedded.Guests;

/// <summary>Who a guest is.</summary>
/// <param name="Description">Its configuration as an S-expression.</param>
internal sealed record DomainIdentity(string Name, Guid Uuid, string Description);
