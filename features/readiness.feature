Feature: Only what is ready gets traffic
  A replica that starts, or that cannot work, must cost no customer an answer.

  @smoke
  Scenario: Every replica is ready
    When the replicas are looked at
    Then at least 2 of them are ready within 40 seconds
    And every ready one gets traffic

  @smoke
  Scenario: The service says that it lives and is ready
    When the service is asked whether it lives and is ready
    Then it says yes to both

  Scenario: A replica that is not ready gets no traffic
    Given a replica that runs but never becomes ready
    When customers send 100 requests
    Then none of them is answered by that replica
    But that replica answers when it is asked directly
