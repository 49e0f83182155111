namespace XenMigrate.Tests;

public class DowntimePartsTests
{
    [Fact]
    public void Of_several_moves_the_middle_of_each_part_counts()
    {
        DowntimeParts middle = DowntimeParts.Median([Parts(1, 2, 3), Parts(9, 1, 4), Parts(2, 8, 90)])!;

        Assert.Equal(Parts(2, 2, 4), middle);
        Assert.Equal((8, 6), (middle.Total.TotalSeconds, middle.Fixed.TotalSeconds));
    }

    [Fact]
    public void Of_two_it_is_between_them_and_of_none_there_is_none()
    {
        Assert.Equal(Parts(2, 3, 4), DowntimeParts.Median([Parts(1, 2, 3), Parts(3, 4, 5)]));
        Assert.Null(DowntimeParts.Median([]));
    }

    [Fact]
    public void They_are_told_in_words() => Assert.Equal(
        "6.5 s: 0.11 to suspend, 0.39 to copy the rest, 6.0 to start", Parts(0.11, 0.39, 6).ToString());

    private static DowntimeParts Parts(double suspension, double copy, double start) =>
        new(TimeSpan.FromSeconds(suspension), TimeSpan.FromSeconds(copy), TimeSpan.FromSeconds(start));
}
