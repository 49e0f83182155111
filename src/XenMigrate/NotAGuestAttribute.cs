namespace XenMigrate;

/// <summary>
/// Keeps a guest in the pipeline from being taken for a host's name: any object can become text, and PowerShell lets it.
/// An invalid cast is what its binder takes for "not this parameter" and goes on.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotAGuestAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is Guest
            ? throw new ArgumentTransformationMetadataException(
                "This is a guest, and a host or its name is needed here.", new PSInvalidCastException("This is a guest, and a host or its name is needed here."))
            : inputData;
}
