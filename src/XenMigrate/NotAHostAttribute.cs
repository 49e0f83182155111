using System;
using System.Management.Automation;
using XenMigrate.Hosts;

namespace XenMigrate;

/// <summary>
/// Keeps a host in the pipeline from being taken for a guest's name: any object can become text, and PowerShell lets
/// it. An invalid cast is what its binder takes for "not this parameter" and goes on.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotAHostAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is MigrationHost
            ? throw new ArgumentTransformationMetadataException(
                "This is a host, and a guest or its name is needed here.", new PSInvalidCastException("This is a host, and a guest or its name is needed here."))
            : inputData;
}
