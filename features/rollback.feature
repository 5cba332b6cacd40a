@rollback
Feature: A release can be taken back
  Going back is the answer to everything nobody foresaw, so it must work before it is needed.

  Scenario: The release before answers again
    Given customers send 50 requests a second
    And a release with another image, commit and currency has taken over
    When that release is taken back
    Then the image, commit and currency of the release under test answer again
    And no request failed
