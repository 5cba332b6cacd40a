Feature: The number of replicas follows the work
  Nobody should have to watch the load, in either direction.

  Scenario: More work brings more replicas, and less work fewer
    Given the service runs with as few replicas as it may
    When its replicas are kept busy
    Then another replica is ready within 90 seconds
    And the service asks for as few replicas as it may within 90 seconds after the work has ended
