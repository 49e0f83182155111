using System.Text.RegularExpressions;

namespace XenMigrate.Tests;

public sealed class ErrorRecordsTests
{
    public static TheoryData<Type> Exceptions =>
        [.. typeof(XenMigrateException).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(XenMigrateException)) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Every_exception_has_an_id_and_the_id_a_category(Type exception)
    {
        ErrorKind kind = Assert.Single(ErrorRecords.All, kind => kind.Type == exception);

        Assert.Contains(kind.Id, ErrorIds.Categories.Keys);
    }

    [Fact]
    public void No_two_exceptions_share_an_id() =>
        Assert.Equal(ErrorRecords.All.Count, ErrorRecords.All.Select(kind => kind.Id).Distinct().Count());

    [Fact]
    public void Every_check_fails_with_a_known_id() =>
        Assert.All(AllChecks.InOrder, check => Assert.Contains(check.ErrorId, ErrorIds.Categories.Keys));

    [Fact]
    public void Ids_are_words() =>
        Assert.All(ErrorIds.Categories.Keys, id => Assert.Matches(new Regex("^([A-Z][a-z]+)+$"), id));

    [Fact]
    public void A_record_has_the_advice_and_the_target()
    {
        ErrorRecord record = new HostNotConnectedException("a").ToErrorRecord();

        Assert.Equal("HostNotConnected", record.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ConnectionError, record.CategoryInfo.Category);
        Assert.Equal("a", record.TargetObject);
        Assert.StartsWith("Get-MigrationHost", record.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void The_object_that_the_user_gave_goes_before_the_exceptions_own() =>
        Assert.Equal("mine", new HostNotConnectedException("a").ToErrorRecord("mine").TargetObject);

    [Fact]
    public void Two_kinds_of_failure_have_categories_of_their_own()
    {
        RemoteCommand command = new("xl", "list");
        IEnumerable<ErrorCategory> categories =
        [
            new RemoteCommandFailedException("a", command, new CommandResult(1, "", "no")).ToErrorRecord().CategoryInfo.Category,
            new HostTimeoutException("a", command, TimeSpan.FromSeconds(1)).ToErrorRecord().CategoryInfo.Category,
        ];

        Assert.Equal([ErrorCategory.FromStdErr, ErrorCategory.OperationTimeout], categories);
    }

    [Theory]
    [InlineData("TransportBroken", "TransportBroken", ErrorCategory.ConnectionError)]
    [InlineData("MigrationUndetermined", "MigrationUndetermined", ErrorCategory.InvalidResult)]
    [InlineData(null, "MigrationFailedSourceRunning", ErrorCategory.InvalidResult)]
    public void A_failed_move_has_the_id_of_its_cause(string? cause, string id, ErrorCategory category)
    {
        MigrationResult result = new() { Name = "web", Source = "a", Destination = "b", ErrorId = cause };

        ErrorRecord record = new MigrationFailedException(result).ToErrorRecord();

        Assert.Equal((id, category), (record.FullyQualifiedErrorId, record.CategoryInfo.Category));
        Assert.Same(result, record.TargetObject);
    }
}
