using System;
using System.Management.Automation;
using XenMigrate.Guests;

namespace XenMigrate;

/// <summary>Keeps a guest in the pipeline from being taken for a host's name, as <see cref="NotAHostAttribute"/> does the other way.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotAGuestAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is Guest
            ? throw new ArgumentTransformationMetadataException(
                "A guest is no host's name.", new PSInvalidCastException("A guest is no host's name."))
            : inputData;
}
